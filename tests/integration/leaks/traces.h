#pragma once

#include <QByteArray>
#include <QStringList>

#include <map>
#include <mutex>
#include <thread>

namespace tidemark::test {

// Secrets by a name each, and where bytes that hold one show it: as it is, in base64, in hex or as a URL has
// it.
class Traces
{
public:
    explicit Traces(const std::map<QString, QByteArray> &secrets);

    // The names of the secrets in there, with the form they were found in.
    [[nodiscard]] QStringList in(const QByteArray &bytes) const;
    // The same for every file below a folder, each with its path.
    [[nodiscard]] QStringList below(const QString &folder) const;

private:
    std::map<QString, QByteArray> m_forms;
};

// Looks at the command lines of all processes, and at the environments of our children, until it goes.
class ProcessWatch
{
public:
    explicit ProcessWatch(const Traces &traces);
    ProcessWatch(const ProcessWatch &) = delete;
    ProcessWatch &operator=(const ProcessWatch &) = delete;
    ~ProcessWatch();

    [[nodiscard]] QStringList found() const;
    [[nodiscard]] int looks() const;

private:
    void look();

    const Traces &m_traces;
    mutable std::mutex m_guard;
    QStringList m_found;
    int m_looks = 0;
    std::jthread m_thread;
};

} // namespace tidemark::test
