#include "widgets/emptystate.h"

#include "theme/accessiblerole.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QPainter>
#include <QTimer>

#include <array>

namespace tidemark {

EmptyState::EmptyState(
    const QString &icon, const QString &title, const QString &text, const QString &act, QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel(title, FontRole::Strong, Token::T1, this))
    , m_text(new TextLabel(text, FontRole::Secondary, Token::T2, this))
    , m_button(makeButton(act, ButtonKind::Primary, {}, this))
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(6);
    column->addStretch();
    column->addWidget(new IconMark(icon, Token::T2, 26, this), 0, Qt::AlignHCenter);
    column->addSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(6);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch();
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_button->setVisible(!act.isEmpty());
    connect(m_button, &QPushButton::clicked, this, &EmptyState::activated);
}

void EmptyState::setWords(const QString &title, const QString &text)
{
    m_title->setText(title);
    m_text->setText(text);
}

Skeleton::Skeleton(int rows, int rowHeight, QWidget *parent)
    : QWidget(parent)
    , m_rows(rows)
    , m_rowHeight(Theme::of(this).px(rowHeight))
    , m_soon(new QTimer(this))
{
    setAccessibleRole(this, QAccessible::Indicator);
    setAccessibleName(tr("Loading"));
    setMinimumHeight(m_rows * m_rowHeight);
    m_soon->setSingleShot(true);
    m_soon->setInterval(200);
    connect(m_soon, &QTimer::timeout, this, &QWidget::show);
    hide();
}

void Skeleton::begin()
{
    if (!isVisible())
        m_soon->start();
}

void Skeleton::end()
{
    m_soon->stop();
    hide();
}

void Skeleton::paintEvent(QPaintEvent *)
{
    static constexpr std::array<double, 4> Lengths { 0.42, 0.28, 0.36, 0.31 };
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    for (int row = 0; row < m_rows; ++row) {
        const double y = row * m_rowHeight + (m_rowHeight - 8) / 2;
        const double length = width() * Lengths[std::size_t(row) % Lengths.size()];
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Token::Sunken));
        painter.drawRoundedRect(QRectF(12, y, length, 8), 2, 2);
        painter.drawRoundedRect(QRectF(width() - 62, y, 50, 8), 2, 2);
        painter.fillRect(0, (row + 1) * m_rowHeight - 1, width(), 1, theme.color(Token::Grid));
    }
}

} // namespace tidemark
