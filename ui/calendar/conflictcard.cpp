#include "calendar/conflictcard.h"

#include "theme/accessiblerole.h"
#include "widgets/buttons.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark {

ConflictCard::ConflictCard(QWidget *parent)
    : QWidget(parent)
    , m_mark(new GlyphMark(Glyph::Attention))
    , m_title(new TextLabel({}, FontRole::Strong))
    , m_text(new TextLabel({}, FontRole::Secondary))
    , m_move(makeSmallButton({}))
    , m_accept(makeSmallButton({}))
{
    setAccessibleRole(this, QAccessible::AlertMessage);
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_move->setObjectName(u"move"_s);
    m_accept->setObjectName(u"accept"_s);
    connect(m_move, &QPushButton::clicked, this, &ConflictCard::moveWanted);
    connect(m_accept, &QPushButton::clicked, this, &ConflictCard::acceptWanted);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12 + 10, 2 + 9, 12 + 10, 10 + 9);
    row->setSpacing(9);
    row->addWidget(m_mark, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(3);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 4, 0, 0);
    buttons->setSpacing(8);
    buttons->addWidget(m_move);
    buttons->addWidget(m_accept);
    buttons->addStretch(1);
    words->addLayout(buttons);
    row->addLayout(words, 1);
    hide();
}

void ConflictCard::say(const About &about)
{
    m_about = about;
    m_mark->setGlyph(about.accepted ? Glyph::Cancelled : about.failed ? Glyph::Failed : Glyph::Attention);
    m_title->setText(about.title);
    m_text->setText(about.text);
    m_move->setVisible(!about.move.isEmpty());
    m_move->setText(about.move);
    m_move->setAccessibleName(about.move);
    m_accept->setVisible(about.canAccept);
    m_accept->setText(about.accepted ? tr("Take back") : tr("Accept once…"));
    m_accept->setAccessibleName(m_accept->text() + u": "_s + about.title);
    setAccessibleName(about.title + QLatin1Char('\n') + about.text);
    show();
    update();
}

void ConflictCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(m_about.accepted ? Token::Line
            : m_about.failed                    ? Token::FailFill
                                                : Token::WarnLine));
    painter.setBrush(theme.color(m_about.accepted ? Token::Surface
            : m_about.failed                      ? Token::FailTint
                                                  : Token::WarnTint));
    painter.drawRoundedRect(QRectF(rect()).adjusted(12.5, 2.5, -12.5, -10.5), 4, 4);
}

} // namespace tidemark
