#pragma once

#include "support/fakelocalfiles.h"
#include "support/uiworld.h"
#include "widgets/bars.h"

#include <QApplication>
#include <QDir>
#include <QTest>
#include <QVBoxLayout>

namespace tidemark::test {

// A page in a real window, under the header the shell would give it.
class PageBench
{
public:
    PageBench() { world.clocks->setLocalZone(QStringLiteral("Europe/Berlin")); }
    PageBench(const PageBench &) = delete;
    PageBench &operator=(const PageBench &) = delete;
    // What a page began in the background ends after it, and by the event loop.
    ~PageBench()
    {
        window.reset();
        if (!QTest::qWaitFor([this] { return *world.inFlight.counter() == 0; }, 10000))
            qFatal("work begun by the page did not end");
    }

    [[nodiscard]] PageContext context()
    {
        PageContext made = world.context(theme);
        made.files = files;
        return made;
    }
    template <class P>
    P *open(const QString &title, QSize size = { 1240, 810 })
    {
        window = std::make_unique<QWidget>();
        auto *page = new P(context(), nullptr);
        auto *column = new QVBoxLayout(window.get());
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        auto *header = new PageHeader;
        header->setTitle(title);
        header->setSubtitle(page->subtitle());
        header->setControls(page->headerControls(), page->headerActions());
        column->addWidget(header);
        column->addWidget(page, 1);
        window->resize(size);
        appear();
        page->setScope({});
        return page;
    }
    // On a busy machine the window manager may start only after the first window.
    void appear() const
    {
        for (int attempt = 0; attempt < 6; ++attempt) {
            window->show();
            if (QTest::qWaitForWindowExposed(window.get(), 10000))
                return;
            window->hide();
        }
        qFatal("the window did not appear");
    }
    // A picture for people, when TIDEMARK_SHOTS names a folder.
    void shoot(const QString &name) const
    {
        const QString folder = qEnvironmentVariable("TIDEMARK_SHOTS");
        if (folder.isEmpty())
            return;
        QDir().mkpath(folder);
        QTest::qWait(50);
        window->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }

    Theme theme { *qApp };
    UiWorld world;
    std::shared_ptr<FakeLocalFiles> files = std::make_shared<FakeLocalFiles>();
    std::unique_ptr<QWidget> window;
};

} // namespace tidemark::test
