#include "widgets/panehead.h"

#include "widgets/figures.h"
#include "widgets/textlabel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace tidemark {

PaneHead::PaneHead(const QString &title, const QString &aside, QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel(oneLine(title), FontRole::Strong))
    , m_note(new TextLabel({}, FontRole::Secondary, Token::T3))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    m_note->setObjectName(QStringLiteral("note"));
    m_title->setElided();
    m_note->setElided();
    row->addWidget(m_title);
    row->addWidget(m_note);
    row->addStretch(1);
    if (!aside.isEmpty()) {
        auto *words = new TextLabel(aside, FontRole::Secondary, Token::T3);
        words->setElided();
        row->addWidget(words);
    }
    setFixedHeight(Theme::of(this).px(35));
}

void PaneHead::setTitle(const QString &title)
{
    m_title->setText(oneLine(title));
}

void PaneHead::setNote(const QString &note)
{
    m_note->setText(note);
}

void PaneHead::addAction(QWidget *widget)
{
    layout()->addWidget(widget);
}

void PaneHead::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Token::Sep));
}

} // namespace tidemark
