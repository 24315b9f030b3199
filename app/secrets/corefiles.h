#pragma once

namespace tidemark {

// From now on neither this program nor what it starts leaves a core file when it crashes, and the system's
// crash collector is not handed one: it would hold the secrets in use.
void forbidCoreFiles();

} // namespace tidemark
