#include "samplepages.h"
#include "shell/commandpalette.h"
#include "shell/shellwindow.h"
#include "specimen.h"
#include "support/showactive.h"
#include "support/uiworld.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QScreen>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

// Draws the frame and the specimen sheet at the sizes of the design and checks what can be checked in pixels.
// With TIDEMARK_SHOTS set to a folder the pictures are kept there, to be looked at beside the design's.
class TestShots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanup() { m_theme.reset(); }

    void sheet_data() { themes(); }
    void sheet()
    {
        QFETCH(bool, dark);
        m_theme->choose(dark ? Theme::Choice::Dark : Theme::Choice::Light);
        test::Specimen sheet;
        sheet.resize(1440, 900);
        const QImage image = taken(&sheet, u"components"_s, dark);
        QCOMPARE(image.pixelColor(5, 5), m_theme->color(Token::Surface));
    }

    void frame_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("state");
        const QSize reference(1440, 900);
        for (const bool dark : { false, true }) {
            const char *shade = dark ? "dark" : "light";
            QTest::addRow("live %s", shade) << dark << reference << u"live"_s;
            QTest::addRow("offline %s", shade) << dark << reference << u"offline"_s;
            QTest::addRow("production %s", shade) << dark << reference << u"production"_s;
            QTest::addRow("test %s", shade) << dark << reference << u"test"_s;
        }
        QTest::newRow("smallest") << false << QSize(1180, 720) << u"offline"_s;
        QTest::newRow("rail of production") << false << QSize(1250, 800) << u"production"_s;
    }
    void frame()
    {
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        QFETCH(QString, state);
        m_theme->choose(dark ? Theme::Choice::Dark : Theme::Choice::Light);
        test::UiWorld world;
        world.preferences->texts.insert(u"theme"_s, dark ? u"dark"_s : u"light"_s);
        world.preferences->texts.insert(u"zone"_s, u"Europe/Berlin"_s);
        world.openExample();
        if (state == u"offline"_s)
            world.monitor->setState(test::offlineState(test::exampleFleet(), world.clock->now(), u"pbs01"_s));
        ShellWindow window(world.context(*m_theme), test::sampleTable());
        window.resize(size);
        if (state == u"production"_s)
            window.setScope(u"oltp-db"_s);
        if (state == u"test"_s)
            window.setScope(u"restore-lab01"_s);
        const QImage image = taken(&window, u"frame-%1-%2"_s.arg(state).arg(size.width()), dark);
        QCOMPARE(image.size(), size * window.devicePixelRatioF());
        if (state == u"production"_s)
            QCOMPARE(window.grab().toImage().pixelColor(3, int(500 * window.devicePixelRatioF())),
                m_theme->color(Token::ProdEdge));
    }

    void palette_data() { themes(); }
    void palette()
    {
        QFETCH(bool, dark);
        m_theme->choose(dark ? Theme::Choice::Dark : Theme::Choice::Light);
        test::UiWorld world;
        world.preferences->texts.insert(u"theme"_s, dark ? u"dark"_s : u"light"_s);
        world.openExample();
        ShellWindow window(world.context(*m_theme), test::sampleTable());
        window.resize(1440, 900);
        QVERIFY(test::showActive(&window));
        QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
        auto *palette = window.findChild<CommandPalette *>();
        QTRY_VERIFY(palette->isVisible());
        QTest::keyClicks(palette->findChild<QLineEdit *>(), u"rest ol"_s);
        QTest::qWait(0);
        const QImage image = palette->grab().toImage();
        keep(image, u"palette"_s, dark);
        QVERIFY(image.width() >= 600);
        palette->close();
    }

private:
    static void themes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    static void keep(const QImage &image, const QString &name, bool dark)
    {
        const QString folder = qEnvironmentVariable("TIDEMARK_SHOTS");
        if (folder.isEmpty())
            return;
        QDir().mkpath(folder);
        const QString scale
            = image.devicePixelRatio() > 1 ? u"@%1"_s.arg(image.devicePixelRatio()) : QString();
        QVERIFY(image.save(u"%1/%2%3%4.png"_s.arg(folder, name, dark ? u"-dark"_s : QString(), scale)));
    }
    static QImage taken(QWidget *widget, const QString &name, bool dark)
    {
        widget->show();
        (void)QTest::qWaitForWindowExposed(widget);
        const QImage image = widget->grab().toImage();
        keep(image, name, dark);
        return image;
    }

    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestShots)
#include "tst_shots.moc"
