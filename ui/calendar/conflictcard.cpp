#include "calendar/conflictcard.h"

#include "theme/accessiblerole.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace tidemark {

ConflictCard::ConflictCard(QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, FontRole::Strong))
    , m_text(new TextLabel({}, FontRole::Secondary))
{
    setAccessibleRole(this, QAccessible::AlertMessage);
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12 + 10, 2 + 9, 12 + 10, 10 + 9);
    row->setSpacing(9);
    row->addWidget(new GlyphMark(Glyph::Attention), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(3);
    words->addWidget(m_title);
    words->addWidget(m_text);
    row->addLayout(words, 1);
    hide();
}

void ConflictCard::say(const QString &title, const QString &text)
{
    m_title->setText(title);
    m_text->setText(text);
    setAccessibleName(title + QLatin1Char('\n') + text);
    show();
}

void ConflictCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(Token::WarnLine));
    painter.setBrush(theme.color(Token::WarnTint));
    painter.drawRoundedRect(QRectF(rect()).adjusted(12.5, 2.5, -12.5, -10.5), 4, 4);
}

} // namespace tidemark
