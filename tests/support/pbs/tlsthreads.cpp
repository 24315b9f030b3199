#include "support/pbs/tlsthreads.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QThread>

#include <chrono>

namespace tidemark::test {

using namespace Qt::StringLiterals;

namespace {

// The kernel keeps 15 letters; the other one is the network access manager's.
bool speaksTls(const QByteArray &name)
{
    return name == TlsServerThread || name == "QNetworkAccessM";
}

bool tlsThreadsLive()
{
    const QDir tasks(u"/proc/self/task"_s);
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name(tasks.filePath(task + u"/comm"_s));
        if (name.open(QIODevice::ReadOnly) && speaksTls(name.readAll().trimmed()))
            return true;
    }
    return false;
}

void awaitTheirEnd()
{
    const QDeadlineTimer limit(std::chrono::seconds(5));
    while (tlsThreadsLive() && !limit.hasExpired())
        QThread::yieldCurrentThread();
}

} // namespace

void outliveTlsThreads()
{
    static const bool once = [] {
        qAddPostRoutine(awaitTheirEnd);
        return true;
    }();
    Q_UNUSED(once)
}

} // namespace tidemark::test
