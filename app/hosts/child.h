#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <chrono>
#include <functional>
#include <optional>

namespace tidemark {

struct ChildSpec {
    QByteArrayList words; // the program is looked for in PATH
    QByteArray input;
    std::optional<std::chrono::milliseconds> limit;
};

struct ChildEnd {
    int exit = -1; // 128 + signal when one ended it
    QByteArray err; // its last words, at most 64 KiB
    int notStarted = 0; // errno: there was no such program
    bool timedOut = false;
    bool unwanted = false; // `take` had seen enough; it was ended
};

// Runs a program and hands its standard output on until it ends. Blocks: for threads that may. The child ends
// with the thread, however that ends; so do its own children that stay in its group.
// `take` is called with nothing at least every 100 ms, so that it can say no.
[[nodiscard]] ChildEnd runChild(const ChildSpec &spec, const std::function<bool(QByteArrayView)> &take);

} // namespace tidemark
