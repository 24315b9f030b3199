#include "startreport.h"

#include "ports/cataloguewatch.h"
#include "shell/openfleet.h"
#include "shell/shellwindow.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QTimer>

#include <cstdio>
#include <ctime>
#include <unistd.h>
#include <utility>

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
    PaintWatch(
        ShellWindow &window, std::shared_ptr<OpenFleet> fleet, std::shared_ptr<CatalogueWatch> catalogue)
        : QObject(&window)
        , m_window(window)
        , m_fleet(std::move(fleet))
        , m_catalogue(std::move(catalogue))
    {
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() != QEvent::Paint || m_done || !m_fleet->isOpen()
            || !m_window.page(m_window.currentPage()))
            return false;
        // Behind this paint, so that what it draws is on the screen.
        if (m_firstPaint < 0) {
            m_firstPaint = 0;
            QTimer::singleShot(0, this, [this] { m_firstPaint = sinceProcessStart(); });
            QTimer::singleShot(LongestMs, this, [this] { tell(-1); }); // nothing was concluded before
        }
        if (m_catalogue->knowledge()->insight) {
            m_done = true;
            QTimer::singleShot(0, this, [this] { tell(sinceProcessStart()); });
        }
        return false;
    }

private:
    static constexpr int LongestMs = 3000;

    void tell(qint64 concluded)
    {
        if (std::exchange(m_told, true))
            return;
        std::printf("{\"firstPaintMs\":%lld,\"conclusionsPaintedMs\":%lld,\"residentKiB\":%lld}\n",
            static_cast<long long>(m_firstPaint), static_cast<long long>(concluded),
            static_cast<long long>(residentKiB()));
        std::fflush(stdout);
        m_window.close();
    }

    ShellWindow &m_window;
    std::shared_ptr<OpenFleet> m_fleet;
    std::shared_ptr<CatalogueWatch> m_catalogue;
    qint64 m_firstPaint = -1;
    bool m_done = false;
    bool m_told = false;
};

} // namespace

void reportStart(
    ShellWindow &window, std::shared_ptr<OpenFleet> fleet, std::shared_ptr<CatalogueWatch> catalogue)
{
    qApp->installEventFilter(new PaintWatch(window, std::move(fleet), std::move(catalogue)));
}

} // namespace tidemark
