#include "firstrun/stephead.h"

#include "widgets/textlabel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace tidemark {

StepHead::StepHead(int number, const QString &title, const QString &note, QWidget *parent)
    : QWidget(parent)
    , m_number(number)
    , m_note(new TextLabel(note, FontRole::Secondary, Token::T2))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::of(this).px(28), 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new TextLabel(title, FontRole::PageTitle));
    row->addWidget(m_note);
    row->addStretch();
    setFixedHeight(Theme::of(this).px(22));
}

void StepHead::setNote(const QString &note)
{
    m_note->setText(note);
}

void StepHead::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = theme.px(20);
    const QRect disc(0, (height() - side) / 2, side, side);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::AccFill));
    painter.drawEllipse(disc);
    painter.setFont(theme.font(FontRole::SmallStrong));
    painter.setPen(theme.color(Token::OnAcc));
    painter.drawText(disc, Qt::AlignCenter, QString::number(m_number));
}

TextLabel *fieldLabel(const QString &text, QWidget *field)
{
    auto *label = new TextLabel(text, FontRole::Interface, Token::T2);
    label->setBuddy(field);
    field->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    return label;
}

} // namespace tidemark
