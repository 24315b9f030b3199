#include "support/uiworld.h"
#include "theme/fills.h"
#include "theme/glyphs.h"
#include "theme/style.h"

#include <QApplication>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

// Text and ground pairs of the design with the contrast it promises, the lower of the two themes.
struct Promise {
    Token ink;
    Token ground;
    double least;
};

constexpr Promise Promises[] {
    { Token::T1, Token::Surface, 13.5 },
    { Token::T2, Token::Surface, 7.4 },
    { Token::T3, Token::Surface, 5.0 },
    { Token::Edge, Token::Surface, 3.2 },
    { Token::Acc, Token::Surface, 6.6 },
    { Token::Acc2, Token::AccTint, 7.5 },
    { Token::OnAcc, Token::AccFill, 5.1 },
    { Token::T1, Token::Sel, 8.9 },
    { Token::OnBand, Token::Band, 4.8 },
    { Token::Ok, Token::Surface, 5.7 },
    { Token::OkFill, Token::Surface, 3.8 },
    { Token::Warn, Token::Surface, 6.1 },
    { Token::WarnLine, Token::Surface, 4.0 },
    { Token::Fail, Token::Surface, 6.5 },
    { Token::FailFill, Token::Surface, 5.0 },
    { Token::Run, Token::Surface, 6.0 },
    { Token::RunFill, Token::Surface, 4.3 },
    { Token::Hold, Token::Surface, 9.0 },
    { Token::OnProd, Token::Prod, 5.8 },
    { Token::OnTest, Token::Test, 5.0 },
    { Token::OnDanger, Token::Danger, 5.0 },
    { Token::Ok, Token::OkTint, 4.5 },
    { Token::Warn, Token::WarnTint, 4.5 },
    { Token::Fail, Token::FailTint, 4.5 },
    { Token::Run, Token::RunTint, 4.5 },
    { Token::Hold, Token::HoldTint, 4.5 },
};

QPalette systemPalette(const QColor &ground, const QColor &ink)
{
    QPalette palette;
    for (const auto role : { QPalette::Window, QPalette::Base, QPalette::Button })
        palette.setColor(role, ground);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        palette.setColor(role, ink);
    return palette;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachTokenHasItsRow()
    {
        QStringList wrong;
        for (int i = 0; i < int(Token::Count); ++i)
            if (int(tokenTable()[std::size_t(i)].token) != i)
                wrong << QString(tokenTable()[std::size_t(i)].name);
        QCOMPARE(wrong, QStringList());
    }

    void contrastIsAsPromised()
    {
        const auto rows = tokenTable();
        const auto both = [&](const Promise &promise) {
            const auto &ink = rows[std::size_t(promise.ink)];
            const auto &ground = rows[std::size_t(promise.ground)];
            return std::min(contrast(ink.light, ground.light), contrast(ink.dark, ground.dark));
        };
        QStringList broken;
        for (const Promise &promise : Promises)
            if (both(promise) < promise.least)
                broken << u"%1 on %2: %3"_s
                              .arg(
                                  rows[std::size_t(promise.ink)].name, rows[std::size_t(promise.ground)].name)
                              .arg(both(promise));
        QCOMPARE(broken, QStringList());
    }

    void figuresAreTabular()
    {
        Theme theme(*qApp);
        for (const auto role : { FontRole::Interface, FontRole::Strong, FontRole::Verdict, FontRole::Mono }) {
            const QFontMetricsF metrics(theme.font(role));
            QCOMPARE(metrics.horizontalAdvance(u'1'), metrics.horizontalAdvance(u'0'));
        }
    }

    void lightAndDarkByChoice()
    {
        Theme theme(*qApp);
        const QSignalSpy changed(&theme, &Theme::changed);
        theme.choose(Theme::Choice::Dark);
        QCOMPARE(theme.color(Token::Surface), QColor(0x1A2227));
        QCOMPARE(QApplication::palette().color(QPalette::Base), QColor(0x1A2227));
        theme.choose(Theme::Choice::Light);
        QCOMPARE(theme.color(Token::Surface), QColor(Qt::white));
        theme.choose(Theme::Choice::Light);
        QCOMPARE(changed.count(), 2);
    }

    void followsTheSystem()
    {
        Theme theme(*qApp);
        QVERIFY(!theme.isDark());
        QApplication::setPalette(systemPalette(0x202020, 0xe0e0e0));
        QVERIFY(theme.isDark());
        QVERIFY(!theme.isHighContrast());
        QCOMPARE(QApplication::palette().color(QPalette::Base), QColor(0x1A2227));
        QApplication::setPalette(systemPalette(0xf0f0f0, 0x101010));
        QVERIFY(!theme.isDark());
    }

    void keepsTheChoiceWhenTheSystemChanges()
    {
        Theme theme(*qApp);
        theme.choose(Theme::Choice::Light);
        QApplication::setPalette(systemPalette(0x202020, 0xe0e0e0));
        QCOMPARE(theme.color(Token::Surface), QColor(Qt::white));
        QCOMPARE(QApplication::palette().color(QPalette::Base), QColor(Qt::white));
    }

    void highContrastTakesTheSystemsColours()
    {
        Theme theme(*qApp);
        QApplication::setPalette(systemPalette(Qt::black, Qt::white));
        QVERIFY(theme.isHighContrast());
        QCOMPARE(theme.color(Token::Surface), QColor(Qt::black));
        QCOMPARE(theme.color(Token::Fail), QColor(Qt::white));
        QApplication::setPalette(systemPalette(0xf0f0f0, 0x101010));
        QVERIFY(!theme.isHighContrast());
    }

    void highContrastFillsAreOutlinesWithAHatchOfTheirOwn()
    {
        Theme theme(*qApp);
        QApplication::setPalette(systemPalette(Qt::white, Qt::black));
        QVERIFY(theme.isHighContrast());
        QList<QImage> seen;
        for (int i = int(Fill::Restorable); i <= int(Fill::Lost); ++i) {
            QImage image(60, 24, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            paintFill(painter, theme, Fill(i), QRectF(0, 0, 60, 24));
            painter.end();
            QVERIFY2(!seen.contains(image), qPrintable(QString::number(i)));
            QCOMPARE(image.pixelColor(30, 0), QColor(Qt::black));
            int ground = 0;
            for (int x = 1; x < 59; ++x)
                for (int y = 1; y < 23; ++y)
                    ground += image.pixelColor(x, y) == QColor(Qt::white) ? 1 : 0;
            QVERIFY2(ground > 300, qPrintable(QString::number(i)));
            seen.append(image);
        }
        QApplication::setPalette(systemPalette(0xf0f0f0, 0x101010));
    }

    void highContrastKeepsMarksHintsAndEdgesApart()
    {
        Theme theme(*qApp);
        QApplication::setPalette(systemPalette(Qt::white, Qt::black));
        const QImage attention = glyphPixmap(theme, Glyph::Attention, 16, 1).toImage();
        QVERIFY(attention.pixelColor(8, 8).lightness() > 128); // its bar, on black
        const QPalette palette = QApplication::palette();
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), Qt::white) > 4.5);
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), Qt::black) > 4.2);
        const auto edge = [&](bool neutral) {
            QImage image(6, 40, QImage::Format_RGB32);
            QPainter painter(&image);
            if (neutral)
                paintNeutralEdge(painter, theme, QRectF(0, 0, 6, 40));
            else
                paintEnvironmentEdge(painter, theme, Environment::Production, QRectF(0, 0, 6, 40));
            return image;
        };
        QVERIFY(edge(true) != edge(false));
        QApplication::setPalette(systemPalette(0xf0f0f0, 0x101010));
    }

    void controlsHaveTheHeightsOfTheDesign()
    {
        Theme theme(*qApp);
        QPushButton normal(u"Normal"_s);
        QPushButton primary(u"Primary"_s);
        setButtonKind(&primary, ButtonKind::Primary);
        QPushButton small(u"Small"_s);
        setSmall(&small);
        QCOMPARE((QList<int> {
                     normal.sizeHint().height(), primary.sizeHint().height(), small.sizeHint().height() }),
            (QList<int> { 26, 26, 22 }));
    }

    void tilesRepeatOnWholeDevicePixels_data()
    {
        QTest::addColumn<double>("ratio");
        for (const double ratio : { 1.0, 1.25, 1.5, 1.75, 2.0 })
            QTest::addRow("%.2f", ratio) << ratio;
    }
    // A diagonal that leaves at the right enters at the left one row on: the seam must not show.
    void tilesRepeatOnWholeDevicePixels()
    {
        QFETCH(double, ratio);
        Theme theme(*qApp);
        const QImage tile = hatchTile(theme, Fill::NotRestorable, ratio).toImage();
        const int n = tile.width();
        QCOMPARE(tile.height(), n);
        for (int y = 0; y < n; ++y)
            for (int x = 0; x < n; ++x)
                QVERIFY(
                    qAbs(qAlpha(tile.pixel(x, y)) - qAlpha(tile.pixel((x + 1) % n, (y - 1 + n) % n))) < 3);
    }

    void eachStateDiffersInGreyscale()
    {
        Theme theme(*qApp);
        QList<QImage> seen;
        for (int i = int(Glyph::Ok); i <= int(Glyph::Stale); ++i) {
            const QImage image
                = glyphPixmap(theme, Glyph(i), 16, 1).toImage().convertToFormat(QImage::Format_Alpha8);
            QVERIFY2(!seen.contains(image), qPrintable(glyphWords(Glyph(i))));
            seen.append(image);
        }
    }

    void eachStateHasWords()
    {
        for (int i = int(Glyph::Ok); i <= int(Glyph::Stale); ++i)
            QVERIFY(!glyphWords(Glyph(i)).isEmpty());
    }

    void iconsAreRecoloured()
    {
        Theme theme(*qApp);
        const QImage image = theme.iconPixmap(u"overview"_s, Qt::red, 16, 2).toImage();
        QCOMPARE(image.size(), QSize(32, 32));
        int inked = 0;
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x)
                if (const QColor pixel = image.pixelColor(x, y); pixel.alpha() > 200) {
                    QCOMPARE(pixel.rgb(), QColor(Qt::red).rgb());
                    ++inked;
                }
        QVERIFY(inked > 20);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
