#include "widgets/textlabel.h"

#include "widgets/figures.h"

#include <QPainter>
#include <QStyle>

namespace tidemark {

TextLabel::TextLabel(const QString &text, FontRole role, Token token, QWidget *parent)
    : QLabel(text, parent)
    , m_token(token)
{
    setTextFormat(Qt::PlainText);
    setRole(role);
    dress();
    connect(&Theme::of(this), &Theme::changed, this, &TextLabel::dress);
}

void TextLabel::setRole(FontRole role)
{
    setFont(Theme::of(this).font(role));
}

void TextLabel::setToken(Token token)
{
    m_token = token;
    dress();
}

void TextLabel::setSelectable()
{
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void TextLabel::setElided()
{
    m_elided = true;
    updateGeometry();
}

QSize TextLabel::minimumSizeHint() const
{
    const QSize full = QLabel::minimumSizeHint();
    return m_elided ? QSize(std::min(full.width(), fontMetrics().averageCharWidth() * 4), full.height())
                    : full;
}

void TextLabel::paintEvent(QPaintEvent *event)
{
    if (!m_elided)
        return QLabel::paintEvent(event);
    QPainter painter(this);
    const QRect rect = contentsRect();
    style()->drawItemText(&painter, rect, int(QStyle::visualAlignment(layoutDirection(), alignment())),
        palette(), isEnabled(), fontMetrics().elidedText(text(), Qt::ElideRight, rect.width()),
        foregroundRole());
}

void TextLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    if (m_elided)
        setToolTip(
            fontMetrics().horizontalAdvance(text()) > contentsRect().width() ? plainTip(text()) : QString());
}

void TextLabel::dress()
{
    QPalette colors = palette();
    const QColor ink = Theme::of(this).color(m_token);
    colors.setColor(QPalette::WindowText, ink);
    colors.setColor(QPalette::Text, ink);
    setPalette(colors);
}

RichLabel::RichLabel(const QString &html, FontRole role, QWidget *parent)
    : QLabel(html, parent)
{
    setTextFormat(Qt::RichText);
    setFont(Theme::of(this).font(role));
    setTextInteractionFlags(Qt::TextBrowserInteraction);
    // Links are coloured while the text is laid out, so it is laid out again.
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        const QString same = text();
        setText({});
        setText(same);
    });
}

} // namespace tidemark
