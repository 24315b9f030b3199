#include "samplepages.h"
#include "shell/shellwindow.h"
#include "support/showactive.h"
#include "support/uiworld.h"

#include <QApplication>
#include <QEventLoop>
#include <QProcess>
#include <QTest>
#include <QTimer>

using namespace tidemark;
using namespace Qt::StringLiterals;

// The window as another process sees it over the accessibility bus.
class TestAccessible : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setApplicationName(u"tidemark-under-test"_s);
        m_theme = std::make_unique<Theme>(*qApp);
        m_world.openExample();
        m_window = std::make_unique<ShellWindow>(m_world.context(*m_theme), test::sampleTable());
        QVERIFY(test::showActive(m_window.get()));
    }
    void cleanupTestCase()
    {
        m_window.reset();
        m_theme.reset();
    }

    void everythingFocusableHasAName()
    {
        const QString said = ask({ u"names"_s });
        QVERIFY2(!said.contains(u"no name"_s), qPrintable(said));
        QVERIFY2(said.contains(u"focusable: "_s) && !said.contains(u"focusable: 0"_s), qPrintable(said));
    }

    void aPageIsChosenByAnAction()
    {
        const QString said = ask({ u"choose"_s, u"Timeline"_s });
        QVERIFY2(said.contains(u"done"_s) || said.contains(u"selected"_s), qPrintable(said));
        QTRY_COMPARE(m_window->currentPage(), u"timeline"_s);
    }

    void aClusterIsChosenByAnAction()
    {
        (void)ask({ u"choose"_s, u"olap-db"_s });
        QTRY_COMPARE(m_window->scope(), u"olap-db"_s);
    }

    void everyPageThatExistsNamesItsControls_data()
    {
        QTest::addColumn<QString>("id");
        for (const PageEntry &entry : pageTable().pages)
            QTest::newRow(qPrintable(entry.id)) << entry.id;
        QTest::newRow("welcome") << QString();
    }
    void everyPageThatExistsNamesItsControls()
    {
        QFETCH(QString, id);
        test::UiWorld world;
        world.preferences->texts.insert(u"window/page"_s, id);
        if (!id.isEmpty())
            world.openExample();
        m_window->hide();
        ShellWindow window(world.context(*m_theme), pageTable());
        QVERIFY(test::showActive(&window));
        const QString said = ask({ u"names"_s });
        QVERIFY2(!said.contains(u"no name"_s), qPrintable(said));
        QVERIFY2(said.contains(u"focusable: "_s) && !said.contains(u"focusable: 0"_s), qPrintable(said));
    }

private:
    static QString ask(QStringList what)
    {
        what.prepend(QCoreApplication::applicationName());
        QProcess other;
        other.setProcessChannelMode(QProcess::MergedChannels);
        // A loop of its own: qWaitFor() sleeps between two looks, and each of thousands of questions would
        // wait for it.
        QEventLoop loop;
        QObject::connect(&other, &QProcess::finished, &loop, &QEventLoop::quit);
        QObject::connect(&other, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
        QTimer::singleShot(40'000, &loop, &QEventLoop::quit);
        other.start(QStringLiteral(TIDEMARK_SOURCE_DIR "/tests/gui/shell/walk-accessibility"), what);
        loop.exec();
        const bool ended = other.state() == QProcess::NotRunning;
        const QString said = QString::fromUtf8(other.readAll());
        return ended && other.exitCode() == 0 ? said : u"no name: failed: "_s + said;
    }

    test::UiWorld m_world;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ShellWindow> m_window;
};

QTEST_MAIN(TestAccessible)
#include "tst_accessible.moc"
