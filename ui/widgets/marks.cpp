#include "widgets/marks.h"

#include "theme/accessiblerole.h"

#include <QPainter>

namespace tidemark {

Glyph glyphOf(Standing standing)
{
    switch (standing) {
    case Standing::None:
        return Glyph::None;
    case Standing::Ok:
        return Glyph::Ok;
    case Standing::Quiet:
        return Glyph::OkQuiet;
    case Standing::Attention:
        return Glyph::Attention;
    case Standing::Failed:
        return Glyph::Failed;
    case Standing::Missing:
        return Glyph::Missed;
    case Standing::Running:
        return Glyph::Running;
    case Standing::Waived:
        return Glyph::Cancelled;
    case Standing::Stale:
        return Glyph::Stale;
    case Standing::Unknown:
        return Glyph::Unknown;
    }
    return Glyph::None;
}

GlyphMark::GlyphMark(Glyph glyph, int size, QWidget *parent)
    : QWidget(parent)
    , m_glyph(glyph)
    , m_size(size)
{
    setAccessibleRole(this, QAccessible::Graphic);
    setAccessibleName(glyphWords(glyph));
    setFixedSize(sizeHint());
}

void GlyphMark::setGlyph(Glyph glyph)
{
    m_glyph = glyph;
    setAccessibleName(glyphWords(glyph));
    update();
}

QSize GlyphMark::sizeHint() const
{
    const int side = Theme::of(this).px(m_size);
    return { side, side };
}

void GlyphMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintGlyph(painter, Theme::of(this), m_glyph, rect());
}

IconMark::IconMark(const QString &name, Token token, int size, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_token(token)
    , m_size(size)
{
    setFixedSize(sizeHint());
}

QSize IconMark::sizeHint() const
{
    const int side = Theme::of(this).px(m_size);
    return { side, side };
}

void IconMark::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.drawPixmap(0, 0, theme.iconPixmap(m_name, theme.color(m_token), width(), devicePixelRatioF()));
}

StateChip::StateChip(Glyph glyph, const QString &text, QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::StaticText);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setState(glyph, text);
}

StateChip::StateChip(const QString &text, bool accent, QWidget *parent)
    : StateChip(Glyph::None, text, parent)
{
    m_accent = accent;
}

void StateChip::setState(Glyph glyph, const QString &text)
{
    m_glyph = glyph;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QFont StateChip::chipFont() const
{
    return Theme::of(this).font(FontRole::Secondary);
}

QSize StateChip::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    const QFontMetrics metrics(chipFont());
    const int mark = m_glyph == Glyph::None ? 0 : theme.px(13) + 5;
    return { metrics.horizontalAdvance(m_text) + mark + theme.px(13),
        std::max(theme.px(20), metrics.height() + 4) };
}

Token StateChip::ground() const
{
    return m_accent ? Token::AccTint : tintToken(m_glyph);
}

Token StateChip::ink() const
{
    return m_accent ? Token::Acc2 : textToken(m_glyph);
}

void StateChip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.isHighContrast() ? QPen(theme.color(Token::T1)) : QPen(Qt::NoPen));
    painter.setBrush(theme.color(ground()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    int x = theme.px(6);
    if (m_glyph != Glyph::None) {
        const int side = theme.px(13);
        paintGlyph(painter, theme, m_glyph, QRectF(x, (height() - side) / 2, side, side));
        x += side + 5;
    }
    painter.setFont(chipFont());
    painter.setPen(theme.color(ink()));
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter, m_text);
}

} // namespace tidemark
