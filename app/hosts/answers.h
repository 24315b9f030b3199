#pragma once

#include "ports/hostreader.h"

#include <optional>

namespace tidemark {

// "denied", "missing" … as a script says it.
[[nodiscard]] Error problemOf(const QByteArray &status, const QByteArray &path);

// Cuts an answer, as it arrives, into what the login shell said, the status and what follows it.
class AnswerHead
{
public:
    // What belongs to the answer proper; empty while the status has not come.
    [[nodiscard]] QByteArrayView take(QByteArrayView bytes);
    [[nodiscard]] const std::optional<QByteArray> &status() const { return m_status; }

private:
    QByteArray m_held;
    std::optional<QByteArray> m_status;
};

// Reads the entries of a listing as they arrive, records ending with NUL.
class EntryReader
{
public:
    // With the status "slow" paths come whole and nothing is left out on the other side.
    EntryReader(HostListing listing, bool slow);
    [[nodiscard]] std::vector<HostEntry> take(QByteArrayView bytes);
    [[nodiscard]] std::vector<QByteArray> closedFolders() { return std::move(m_closed); }

private:
    void record(QByteArrayView record, std::vector<HostEntry> &found);
    void add(char kind, QByteArrayView about, const QByteArray &path, std::vector<HostEntry> &found);
    [[nodiscard]] bool below(const QByteArray &path) const;
    [[nodiscard]] bool entered(const QByteArray &path) const;

    HostListing m_listing;
    bool m_slow;
    QByteArray m_rest;
    std::vector<QByteArray> m_closed;
};

// The whole answer of partsScript(), from its first mark on. Nothing: it is cut off.
[[nodiscard]] std::optional<std::vector<Result<QByteArray>>> partsAnswered(
    QByteArrayView answer, const std::vector<HostReader::Part> &parts);

[[nodiscard]] std::optional<HostSpace> spaceAnswered(const QByteArray &df);

// What find could not read and nobody was told of yet; empty: nothing of weight.
[[nodiscard]] QByteArray weightyWords(const QByteArray &err);

} // namespace tidemark
