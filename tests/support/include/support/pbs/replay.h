#pragma once

#include "support/pbs/recordings.h"

#include <QString>

namespace tidemark::test {

// How a recorded exchange was put to the client.
enum class Way {
    Typed, // by the call of the client that makes this request
    Raw, // by Client::raw: the client has no call of its own for it
    AnswerOnly // the client cannot make this request; only the answer went through it
};

struct Replayed {
    Way way = Way::AnswerOnly;
    QString outcome; // the value or the error, printed
    QString sent; // the request as the server saw it, in a normal form
    QString recorded; // the recorded request in the same form; empty where they need not be alike
};

// Serves the recorded answer over TLS and makes the client ask for it.
[[nodiscard]] Replayed replay(const Recording &recording);

} // namespace tidemark::test
