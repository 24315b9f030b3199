#include "widgets/keycap.h"

#include "theme/accessiblerole.h"
#include "theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark {

int keyCapWidth(const Theme &theme, const QString &keys)
{
    return QFontMetrics(theme.font(FontRole::Small)).horizontalAdvance(keys) + theme.px(10);
}

int paintKeyCap(
    QPainter &painter, const Theme &theme, const QString &keys, QPoint anchor, Qt::AlignmentFlag end)
{
    const int width = keyCapWidth(theme, keys);
    const int height = theme.px(16);
    const int left = end == Qt::AlignRight ? anchor.x() - width : anchor.x();
    const QRect cap(left, anchor.y() - height / 2, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(Token::Line));
    painter.setBrush(theme.color(Token::Alt));
    painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(theme.font(FontRole::Small));
    painter.setPen(theme.color(Token::T2));
    painter.drawText(cap, Qt::AlignCenter, keys);
    painter.restore();
    return width;
}

KeyHints::KeyHints(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::StaticText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void KeyHints::tell(std::vector<KeyHint> hints)
{
    if (hints == m_hints)
        return;
    m_hints = std::move(hints);
    QStringList said;
    for (const KeyHint &hint : m_hints)
        said << (hint.spoken.isEmpty() ? hint.keys : hint.spoken) + u' ' + hint.words;
    setAccessibleName(said.join(u"; "_s));
    update();
}

QSize KeyHints::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    return { theme.px(200), theme.px(29) };
}

int KeyHints::widthOf(const KeyHint &hint) const
{
    const Theme &theme = Theme::of(this);
    const int words = QFontMetrics(theme.font(FontRole::Small)).horizontalAdvance(hint.words);
    return keyCapWidth(theme, hint.keys) + (words == 0 ? 0 : theme.px(4) + words);
}

void KeyHints::paintHint(QPainter &painter, const KeyHint &hint, int x) const
{
    const Theme &theme = Theme::of(this);
    const int cap = paintKeyCap(painter, theme, hint.keys, QPoint(x, height() / 2), Qt::AlignLeft);
    painter.setFont(theme.font(FontRole::Small));
    painter.setPen(theme.color(Token::T2));
    const int left = x + cap + theme.px(4);
    painter.drawText(
        QRect(left, 0, width() - left, height()), int(Qt::AlignVCenter) | Qt::TextSingleLine, hint.words);
}

void KeyHints::paintEvent(QPaintEvent *)
{
    if (m_hints.empty())
        return;
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const int margin = theme.px(14);
    const int end = width() - margin - widthOf(m_hints.back());
    paintHint(painter, m_hints.back(), end);
    int x = margin;
    for (std::size_t i = 0; i + 1 < m_hints.size(); ++i) {
        const int wide = widthOf(m_hints[i]);
        if (x + wide + margin > end)
            return;
        paintHint(painter, m_hints[i], x);
        x += wide + theme.px(16);
    }
}

} // namespace tidemark
