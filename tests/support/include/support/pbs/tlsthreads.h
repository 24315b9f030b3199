#pragma once

namespace tidemark::test {

inline constexpr const char *TlsServerThread = "scripted server";

// Lets the end of the application wait until the threads that spoke TLS have gone. QThread::wait() returns a
// moment before that, and in this moment OpenSSL gives back what it kept for the thread, unless the process
// ends first: then it is left behind, and shows as a leak. Call it as often as you like.
void outliveTlsThreads();

} // namespace tidemark::test
