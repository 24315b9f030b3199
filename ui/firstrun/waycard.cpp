#include "firstrun/waycard.h"

#include "theme/theme.h"

#include <QPainter>

namespace tidemark {

WayCard::WayCard(const QString &icon, const QString &title, const QString &about, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(icon)
    , m_about(about)
{
    setText(title);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    setAccessibleDescription(about);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void WayCard::setButton(QWidget *button)
{
    m_button = button;
    m_button->setParent(this);
    updateGeometry();
}

QRect WayCard::aboutRect(int width) const
{
    const Theme &theme = Theme::of(this);
    const QRect room(theme.px(48), theme.px(32), width - theme.px(62), 10'000);
    const int height = QFontMetrics(theme.font(FontRole::Secondary))
                           .boundingRect(room, Qt::TextWordWrap, m_about)
                           .height();
    return { room.left(), room.top(), room.width(), height };
}

QSize WayCard::sizeHint() const
{
    const int width = Theme::of(this).px(290);
    return { width, heightForWidth(width) };
}

int WayCard::heightForWidth(int width) const
{
    const int button = m_button ? m_button->sizeHint().height() + Theme::of(this).px(10) : 0;
    return aboutRect(width).bottom() + Theme::of(this).px(13) + button;
}

void WayCard::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    if (!m_button)
        return;
    const QRect about = aboutRect(width());
    m_button->setGeometry(
        QRect(QPoint(about.left(), about.bottom() + Theme::of(this).px(9)), m_button->sizeHint()));
}

void WayCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(isChecked() ? Token::Sel : Token::Alt));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Token::Sep));
    if (isChecked())
        painter.fillRect(QRect(0, 0, theme.px(3), height()), theme.color(Token::AccFill));
    const int icon = theme.px(16);
    painter.drawPixmap(QRect(theme.px(19), theme.px(13), icon, icon),
        theme.iconPixmap(
            m_icon, theme.color(isChecked() ? Token::Acc : Token::T2), icon, devicePixelRatioF()));
    painter.setFont(theme.font(FontRole::Strong));
    painter.setPen(theme.color(Token::T1));
    painter.drawText(QRect(theme.px(48), theme.px(11), width() - theme.px(56), theme.px(20)),
        int(Qt::AlignLeft) | Qt::AlignVCenter, text());
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(Token::T2));
    painter.drawText(aboutRect(width()), int(Qt::TextWordWrap), m_about);
    if (hasFocus()) {
        painter.setPen(theme.color(Token::Acc));
        painter.drawRect(rect().adjusted(1, 1, -2, -3));
    }
}

} // namespace tidemark
