#include "traces.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSet>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark::test {

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Base64 of something inside a longer text depends on where it stands; its middle does in three ways only.
void addBase64(std::map<QString, QByteArray> &forms, const QString &name, const QByteArray &secret)
{
    for (int shift = 0; shift < 3; ++shift) {
        const QByteArray encoded = (QByteArray(shift, ' ') + secret).toBase64(QByteArray::OmitTrailingEquals);
        forms.emplace(u"%1 in base64 (%2)"_s.arg(name).arg(shift), encoded.mid(4, encoded.size() - 8));
    }
}

// Parent by process.
std::map<pid_t, pid_t> parents()
{
    std::map<pid_t, pid_t> all;
    for (const QString &entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        const QByteArray stat = contents(u"/proc/%1/stat"_s.arg(entry));
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        if (fields.size() > 2 && entry.toInt() > 0)
            all.emplace(entry.toInt(), fields.at(1).toInt());
    }
    return all;
}

bool isBelow(pid_t pid, pid_t ancestor, const std::map<pid_t, pid_t> &parents)
{
    for (auto at = parents.find(pid); at != parents.end(); at = parents.find(at->second)) {
        if (at->second == ancestor)
            return true;
    }
    return false;
}

} // namespace

Traces::Traces(const std::map<QString, QByteArray> &secrets)
{
    for (const auto &[name, secret] : secrets) {
        m_forms.emplace(name, secret);
        m_forms.emplace(name + u" in hex"_s, secret.toHex());
        if (const QByteArray encoded = secret.toPercentEncoding(); encoded != secret)
            m_forms.emplace(name + u" as in a URL"_s, encoded);
        addBase64(m_forms, name, secret);
    }
}

QStringList Traces::in(const QByteArray &bytes) const
{
    QStringList found;
    for (const auto &[name, form] : m_forms) {
        if (bytes.contains(form))
            found += name;
    }
    return found;
}

QStringList Traces::below(const QString &folder) const
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        for (const QString &name : in(contents(path)))
            found += u"%1: %2"_s.arg(QDir(folder).relativeFilePath(path), name);
    }
    found.sort();
    return found;
}

ProcessWatch::ProcessWatch(const Traces &traces)
    : m_traces(traces)
    , m_thread([this](const std::stop_token &stop) {
        while (!stop.stop_requested())
            look();
    })
{
}

ProcessWatch::~ProcessWatch() = default;

void ProcessWatch::look()
{
    const auto all = parents();
    QStringList found;
    for (const auto &[pid, parent] : all) {
        for (const QString &name : m_traces.in(contents(u"/proc/%1/cmdline"_s.arg(pid))))
            found += u"command line: "_s + name;
        if (!isBelow(pid, ::getpid(), all))
            continue;
        for (const QString &name : m_traces.in(contents(u"/proc/%1/environ"_s.arg(pid))))
            found += u"environment: "_s + name;
    }
    const std::lock_guard lock(m_guard);
    ++m_looks;
    m_found += found;
    m_found.removeDuplicates();
}

QStringList ProcessWatch::found() const
{
    const std::lock_guard lock(m_guard);
    return m_found;
}

int ProcessWatch::looks() const
{
    const std::lock_guard lock(m_guard);
    return m_looks;
}

} // namespace tidemark::test
