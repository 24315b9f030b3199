#include "firstrun/pairgrid.h"

#include "theme/theme.h"

#include <QPainter>

namespace tidemark {

namespace {

constexpr int Across = 8;
constexpr int Rows = 4;

} // namespace

PairGrid::PairGrid(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PairGrid::setPairs(const QStringList &pairs)
{
    m_pairs = pairs;
    setAccessibleName(tr("Fingerprint %1").arg(pairs.join(QLatin1Char(' '))));
    update();
}

QSize PairGrid::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    return { theme.px(Across * 40), theme.px(Rows * 27) + 1 };
}

void PairGrid::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(theme.color(Token::Line), 1));
    painter.setBrush(theme.color(Token::Surface));
    painter.drawRoundedRect(frame, 3, 3);
    const qreal wide = frame.width() / Across;
    const qreal high = frame.height() / Rows;
    painter.setPen(QPen(theme.color(Token::Sep), 1));
    for (int at = 1; at < Across; ++at)
        painter.drawLine(QPointF(qRound(at * wide) + 0.5, 1), QPointF(qRound(at * wide) + 0.5, height() - 1));
    for (int at = 1; at < Rows; ++at)
        painter.drawLine(QPointF(1, qRound(at * high) + 0.5), QPointF(width() - 1, qRound(at * high) + 0.5));
    painter.setFont(theme.font(FontRole::Mono));
    painter.setPen(theme.color(Token::T1));
    for (int at = 0; at < m_pairs.size() && at < Across * Rows; ++at)
        painter.drawText(QRectF((at % Across) * wide, double(at / Across) * high, wide, high),
            Qt::AlignCenter, m_pairs[at]);
}

} // namespace tidemark
