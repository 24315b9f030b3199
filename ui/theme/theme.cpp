#include "theme/theme.h"

#include "theme/accessiblerole.h"
#include "theme/focusring.h"
#include "theme/style.h"

#include <QApplication>
#include <QEvent>
#include <QPixmapCache>
#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr auto Property = "tidemarkTheme";

bool darkerThanItsText(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

// Qt has no word for it: desktops' high-contrast palettes put pure black and white against each other
// everywhere, others do not.
bool isPure(const QPalette &palette)
{
    const QColor ground = palette.color(QPalette::Window);
    const bool same = ground == palette.color(QPalette::Base) && ground == palette.color(QPalette::Button);
    return same && contrast(ground, palette.color(QPalette::WindowText)) > 20.9;
}

QColor between(const QColor &ink, const QColor &ground)
{
    const auto mix = [](int a, int b) { return (a * 11 + b * 9) / 20; };
    return { mix(ink.red(), ground.red()), mix(ink.green(), ground.green()), mix(ink.blue(), ground.blue()) };
}

void setAll(QPalette &palette, QPalette::ColorRole role, const QColor &color)
{
    for (const auto group : { QPalette::Active, QPalette::Inactive, QPalette::Disabled })
        palette.setColor(group, role, color);
}

} // namespace

Theme::Theme(QApplication &app)
    : m_app(app)
    , m_fonts(QApplication::font())
{
    m_app.setProperty(Property, QVariant::fromValue(this));
    auto *style = new Style(*this);
    QApplication::setStyle(style); // owned by the application from here
    lookAtSystem();
    apply();
    m_app.installEventFilter(this);
    installAccessibleRoles();
    new FocusRing(this);
}

Theme::~Theme()
{
    m_app.removeEventFilter(this);
    m_app.setProperty(Property, {});
    QApplication::setStyle(u"fusion"_s);
}

Theme &Theme::of(const QWidget *)
{
    auto *theme = qApp->property(Property).value<Theme *>();
    Q_ASSERT_X(theme, "Theme::of", "make a Theme beside the application first");
    return *theme;
}

void Theme::choose(Choice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

QIcon Theme::icon(const QString &name, Token token) const
{
    return IconLoader::icon(
        name, [this, token](QIcon::Mode mode) { return color(mode == QIcon::Disabled ? Token::T3 : token); });
}

QPixmap Theme::iconPixmap(const QString &name, const QColor &color, int size, qreal ratio) const
{
    return m_icons.pixmap(name, color, size, ratio);
}

QString Theme::choiceName(Choice choice)
{
    switch (choice) {
    case Choice::System:
        return u"system"_s;
    case Choice::Light:
        return u"light"_s;
    case Choice::Dark:
        return u"dark"_s;
    }
    return {};
}

Theme::Choice Theme::choiceOf(const QString &name)
{
    if (name == choiceName(Choice::Light))
        return Choice::Light;
    return name == choiceName(Choice::Dark) ? Choice::Dark : Choice::System;
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (m_applying)
        return false;
    if (event->type() == QEvent::ThemeChange) {
        lookAtSystem();
        apply();
    } else if (event->type() == QEvent::ApplicationPaletteChange && watched == &m_app) {
        takeForeignPalette();
    }
    return false;
}

// Qt keeps the palette we set over the desktop's own; setting none for a moment shows the latter.
void Theme::lookAtSystem()
{
    const QScopedValueRollback applying(m_applying, true);
    QApplication::setPalette(QPalette());
    m_system = QGuiApplication::palette();
}

void Theme::takeForeignPalette()
{
    const QPalette now = QGuiApplication::palette();
    if (now.color(QPalette::Window) == color(Token::Win)
        && now.color(QPalette::Base) == color(Token::Surface))
        return;
    m_system = now;
    apply();
}

void Theme::apply()
{
    {
        const QScopedValueRollback applying(m_applying, true);
        m_highContrast = m_choice == Choice::System && isPure(m_system);
        m_dark = m_choice == Choice::Dark || (m_choice == Choice::System && darkerThanItsText(m_system));
        if (m_highContrast)
            fillHighContrast();
        else
            fillColors();
        QPixmapCache::clear();
        QApplication::setPalette(palette());
        QApplication::setFont(font(FontRole::Interface));
    }
    Q_EMIT changed();
}

void Theme::fillColors()
{
    for (const TokenRow &row : tokenTable())
        m_colors[std::size_t(row.token)] = QColor::fromRgb(m_dark ? row.dark : row.light);
}

// Everything is one of the desktop's own colours: grounds, ink, or its highlight.
void Theme::fillHighContrast()
{
    const QColor ground = m_system.color(QPalette::Window);
    const QColor ink = m_system.color(QPalette::WindowText);
    m_colors.fill(ink);
    for (const Token token :
        { Token::Win, Token::Surface, Token::Alt, Token::Sunken, Token::Ctl, Token::AccTint, Token::OnAcc,
            Token::OnBand, Token::OkTint, Token::WarnTint, Token::FailTint, Token::RunTint, Token::HoldTint,
            Token::OnProd, Token::OnTest, Token::OnDanger, Token::Future, Token::Console, Token::Band2 })
        m_colors[std::size_t(token)] = ground;
    m_colors[std::size_t(Token::AccLine)] = m_system.color(QPalette::Highlight);
    m_colors[std::size_t(Token::Sel)] = ground;
}

QPalette Theme::palette() const
{
    QPalette made;
    const std::pair<QPalette::ColorRole, Token> roles[] { { QPalette::Window, Token::Win },
        { QPalette::WindowText, Token::T1 }, { QPalette::Base, Token::Surface },
        { QPalette::AlternateBase, Token::Alt }, { QPalette::Text, Token::T1 },
        { QPalette::PlaceholderText, Token::T3 }, { QPalette::Button, Token::Ctl },
        { QPalette::ButtonText, Token::T1 }, { QPalette::BrightText, Token::OnAcc },
        { QPalette::Highlight, Token::Sel }, { QPalette::HighlightedText, Token::T1 },
        { QPalette::Link, Token::Acc }, { QPalette::LinkVisited, Token::Acc },
        { QPalette::ToolTipBase, Token::Surface }, { QPalette::ToolTipText, Token::T1 },
        { QPalette::Light, Token::Ctl }, { QPalette::Midlight, Token::Sep }, { QPalette::Mid, Token::Line },
        { QPalette::Dark, Token::Edge }, { QPalette::Shadow, Token::Edge } };
    for (const auto &[role, token] : roles)
        setAll(made, role, color(token));
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        made.setColor(QPalette::Disabled, role, color(Token::T3));
    if (m_highContrast) // a hint in an empty field must not look like what was typed
        setAll(made, QPalette::PlaceholderText, between(color(Token::T1), color(Token::Ctl)));
    return made;
}

} // namespace tidemark
