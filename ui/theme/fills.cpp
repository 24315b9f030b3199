#include "theme/fills.h"

#include "theme/drawnonce.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

enum class Pattern { None, Diagonal, CounterDiagonal, Crossed, Level, Upright, Dots };

struct Recipe {
    Token ground;
    Token ink;
    Token outline;
    Pattern pattern;
    double period; // px between lines, measured along the x axis
    double width; // px of a line
};

Recipe recipeOf(Fill fill)
{
    switch (fill) {
    case Fill::Restorable:
        return { Token::Band, Token::Band, Token::Band, Pattern::None, 0, 0 };
    case Fill::NotRestorable:
        return { Token::FailTint, Token::FailFill, Token::FailFill, Pattern::Diagonal, 7, 2 };
    case Fill::Expected:
        return { Token::Band2, Token::Band, Token::Band, Pattern::Diagonal, 6, 1.3 };
    case Fill::Maintenance:
        return { Token::Sunken, Token::T3, Token::T3, Pattern::Diagonal, 6, 1.2 };
    case Fill::Overlap:
        return { Token::WarnTint, Token::WarnFill, Token::WarnLine, Pattern::Diagonal, 7, 2 };
    case Fill::LegalHold:
        return { Token::HoldTint, Token::HoldFill, Token::HoldFill, Pattern::CounterDiagonal, 7, 1.5 };
    case Fill::Future:
        return { Token::Future, Token::FutLine, Token::FutLine, Pattern::Dots, 8, 1.2 };
    case Fill::Lost:
        return { Token::Surface, Token::FailFill, Token::FailFill, Pattern::Diagonal, 12, 0.6 };
    }
    return { Token::Band, Token::Band, Token::Band, Pattern::None, 0, 0 };
}

// Without colours each fill is an outline with a hatch of its own.
Recipe plainRecipeOf(Fill fill)
{
    const auto hatch = [](Pattern pattern, double period, double width) {
        return Recipe { Token::Surface, Token::T1, Token::T1, pattern, period, width };
    };
    switch (fill) {
    case Fill::Restorable:
        return hatch(Pattern::Level, 3, 1);
    case Fill::NotRestorable:
        return hatch(Pattern::Diagonal, 7, 2.4);
    case Fill::Expected:
        return hatch(Pattern::Diagonal, 5, 0.8);
    case Fill::Maintenance:
        return hatch(Pattern::Upright, 5, 1);
    case Fill::Overlap:
        return hatch(Pattern::Crossed, 7, 1.2);
    case Fill::LegalHold:
        return hatch(Pattern::CounterDiagonal, 7, 1.5);
    case Fill::Future:
        return hatch(Pattern::Dots, 8, 1.6);
    case Fill::Lost:
        return hatch(Pattern::Diagonal, 12, 0.8);
    }
    return hatch(Pattern::None, 0, 0);
}

Recipe recipeFor(const Theme &theme, Fill fill)
{
    return theme.isHighContrast() ? plainRecipeOf(fill) : recipeOf(fill);
}

// The line through the square and its two neighbours, so that the tile repeats without a seam.
void drawPattern(QPainter &painter, Pattern pattern, double side)
{
    if (pattern == Pattern::Dots) {
        painter.drawPoint(QPointF(side / 2, side / 2));
        return;
    }
    const double middle = side / 2;
    if (pattern == Pattern::Level)
        return painter.drawLine(QPointF(-1, middle), QPointF(side + 1, middle));
    if (pattern == Pattern::Upright)
        return painter.drawLine(QPointF(middle, -1), QPointF(middle, side + 1));
    if (pattern == Pattern::Crossed)
        drawPattern(painter, Pattern::CounterDiagonal, side);
    for (const double shift : { -side, 0.0, side }) {
        const QPointF low(shift, side);
        const QPointF high(shift + side, 0);
        const QPointF run = (high - low) * 0.5;
        if (pattern != Pattern::CounterDiagonal)
            painter.drawLine(low - run, high + run);
        else
            painter.drawLine(QPointF(shift - side / 2, -side / 2), QPointF(shift + side * 1.5, side * 1.5));
    }
}

QPainterPath rounded(const QRectF &rect)
{
    QPainterPath path;
    path.addRoundedRect(rect, 2, 2);
    return path;
}

// Diagonal stripes at 45 degrees, as polygons: exact at each scale.
void stripes(QPainter &painter, const QRectF &rect, const QColor &ground, const QColor &stripe)
{
    painter.fillRect(rect, ground);
    painter.setPen(Qt::NoPen);
    painter.setBrush(stripe);
    const double period = rect.width() * 2;
    for (double y = rect.top() - period; y < rect.bottom() + rect.width(); y += period)
        painter.drawPolygon(QPolygonF { { rect.left(), y + period * 0.55 }, { rect.left(), y + period },
            { rect.right() + 1, y + period - rect.width() - 1 },
            { rect.right() + 1, y + period * 0.55 - rect.width() - 1 } });
}

void dots(QPainter &painter, const QRectF &rect, const QColor &ground, const QColor &dot)
{
    painter.fillRect(rect, ground);
    for (double y = rect.top() + 3; y < rect.bottom(); y += 7)
        painter.fillRect(QRectF(rect.left(), y, rect.width(), 3), dot);
}

} // namespace

static QPixmap drawTile(const Theme &theme, const Recipe &recipe, qreal ratio)
{
    const int side = std::max(2, int(std::lround(recipe.period * ratio)));
    QPixmap tile(side, side);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    const Qt::PenCapStyle cap = recipe.pattern == Pattern::Dots ? Qt::RoundCap : Qt::FlatCap;
    painter.setPen(QPen(theme.color(recipe.ink), recipe.width * ratio, Qt::SolidLine, cap));
    drawPattern(painter, recipe.pattern, side);
    painter.end();
    tile.setDevicePixelRatio(ratio);
    return tile;
}

QPixmap hatchTile(const Theme &theme, Fill fill, qreal ratio)
{
    const Recipe recipe = recipeFor(theme, fill);
    if (recipe.pattern == Pattern::None)
        return {};
    return drawnOnce(
        theme, QLatin1Char('h'), int(fill), 0, ratio, [&] { return drawTile(theme, recipe, ratio); });
}

void paintFill(QPainter &painter, const Theme &theme, Fill fill, const QRectF &rect)
{
    const Recipe recipe = recipeFor(theme, fill);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (recipe.pattern == Pattern::None) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(recipe.ground));
        painter.drawRoundedRect(rect, 2, 2);
        painter.restore();
        return;
    }
    painter.setClipPath(rounded(rect), Qt::IntersectClip);
    painter.fillRect(rect, theme.color(recipe.ground));
    const QPixmap tile = hatchTile(theme, fill, painter.device()->devicePixelRatioF());
    if (!tile.isNull())
        painter.drawTiledPixmap(rect, tile);
    painter.setClipping(false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(recipe.outline), 1));
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.restore();
}

void paintEnvironmentEdge(QPainter &painter, const Theme &theme, Environment environment, const QRectF &rect)
{
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    switch (environment) {
    case Environment::Unset:
    case Environment::Production:
        painter.fillRect(rect, theme.color(Token::ProdEdge));
        break;
    case Environment::Test:
        stripes(painter, rect, theme.color(Token::Test), theme.color(Token::Win));
        break;
    case Environment::Lab:
        dots(painter, rect, theme.color(Token::Win), theme.color(Token::T1));
        break;
    }
    painter.restore();
}

void paintNeutralEdge(QPainter &painter, const Theme &theme, const QRectF &rect)
{
    if (!theme.isHighContrast())
        return painter.fillRect(rect, theme.color(Token::Line));
    // Solid is production's; without the grey it is an outline.
    painter.fillRect(rect, theme.color(Token::T1));
    painter.fillRect(rect.adjusted(1, 1, -1, -1), theme.color(Token::Win));
}

QString environmentWords(Environment environment)
{
    switch (environment) {
    case Environment::Unset:
    case Environment::Production:
        return QCoreApplication::translate("Environment", "Production");
    case Environment::Test:
        return QCoreApplication::translate("Environment", "Test");
    case Environment::Lab:
        return QCoreApplication::translate("Environment", "Practice lab");
    }
    return {};
}

QString environmentLetters(Environment environment)
{
    switch (environment) {
    case Environment::Unset:
    case Environment::Production:
        return QCoreApplication::translate("Environment", "PROD", "first letters of Production");
    case Environment::Test:
        return QCoreApplication::translate("Environment", "TEST", "first letters of Test");
    case Environment::Lab:
        return QCoreApplication::translate("Environment", "LAB", "first letters of Practice lab");
    }
    return {};
}

} // namespace tidemark
