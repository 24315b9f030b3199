#include "run/sharebar.h"

#include "theme/fills.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace tidemark {

ShareBar::ShareBar(int height, QWidget *parent)
    : QWidget(parent)
    , m_height(height)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(this), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ShareBar::setShare(std::optional<double> share, const QString &words)
{
    m_share = share ? std::optional(std::clamp(*share, 0.0, 1.0)) : share;
    m_words = words;
    setAccessibleDescription(words);
    setVisible(share.has_value());
    update();
}

void ShareBar::setExpected(std::optional<double> until)
{
    m_expected = until ? std::optional(std::clamp(*until, 0.0, 1.0)) : until;
    update();
}

QSize ShareBar::sizeHint() const
{
    return { 120, Theme::of(this).px(m_height) };
}

void ShareBar::paintEvent(QPaintEvent *)
{
    if (!m_share)
        return;
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const QRectF all = rect();
    painter.fillRect(all, theme.color(Token::Sunken));
    const double end = *m_share * all.width();
    if (m_expected && *m_expected > *m_share)
        paintFill(painter, theme, Fill::Expected,
            QRectF(end, 0, (*m_expected - *m_share) * all.width(), all.height()));
    painter.fillRect(QRectF(0, 0, end, all.height()), theme.color(Token::Band));
    painter.fillRect(QRectF(std::max(0.0, end - 2), 0, 2, all.height()), theme.color(Token::T1));
    const int room = painter.fontMetrics().horizontalAdvance(m_words) + theme.px(20);
    if (m_words.isEmpty() || m_height < 18)
        return;
    painter.setFont(theme.font(FontRole::SecondaryStrong));
    const bool inside = end > room;
    painter.setPen(theme.color(inside ? Token::OnBand : Token::T1));
    const double left = inside ? 0 : end;
    painter.drawText(
        QRectF(left + theme.px(8), 0, all.width() - left, all.height()), Qt::AlignVCenter, m_words);
}

} // namespace tidemark
