#include "startreport.h"

#include "shell/openfleet.h"
#include "shell/shellwindow.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QTimer>

#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Milliseconds since this process was started, from the kernel's own record (in ticks of 10 ms).
qint64 sinceProcessStart()
{
    QFile stat(u"/proc/self/stat"_s);
    if (!stat.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    timespec now {};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const qint64 started = fields.value(19).toLongLong() * 1000 / sysconf(_SC_CLK_TCK);
    return qint64 { now.tv_sec } * 1000 + now.tv_nsec / 1'000'000 - started;
}

qint64 residentKiB()
{
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return -1;
    return statm.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) / 1024;
}

class PaintWatch : public QObject
{
public:
    PaintWatch(ShellWindow &window, std::shared_ptr<OpenFleet> fleet)
        : QObject(&window)
        , m_window(window)
        , m_fleet(std::move(fleet))
    {
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_done && m_fleet->isOpen()
            && m_window.page(m_window.currentPage())) {
            m_done = true;
            // Behind this paint, so that what it draws is on the screen.
            QTimer::singleShot(0, this, [this] { tell(); });
        }
        return false;
    }

private:
    void tell()
    {
        std::printf("{\"firstPaintMs\":%lld,\"residentKiB\":%lld}\n",
            static_cast<long long>(sinceProcessStart()), static_cast<long long>(residentKiB()));
        std::fflush(stdout);
        m_window.close();
    }

    ShellWindow &m_window;
    std::shared_ptr<OpenFleet> m_fleet;
    bool m_done = false;
};

} // namespace

void reportStart(ShellWindow &window, std::shared_ptr<OpenFleet> fleet)
{
    qApp->installEventFilter(new PaintWatch(window, std::move(fleet)));
}

} // namespace tidemark
