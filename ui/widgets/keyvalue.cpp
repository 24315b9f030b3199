#include "widgets/keyvalue.h"

#include "widgets/textlabel.h"

#include <QEvent>
#include <QGridLayout>

#include <algorithm>

namespace tidemark {

KeyValueList::KeyValueList(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
}

TextLabel *KeyValueList::addRow(const QString &label, const QString &value, Face face)
{
    auto *name = new TextLabel(label, FontRole::Secondary, Token::T2, this);
    auto *text
        = new TextLabel(value, face == Face::Machine ? FontRole::Mono : FontRole::Secondary, Token::T1, this);
    text->setWordWrap(true);
    text->setSelectable();
    text->setAccessibleName(label);
    text->setAccessibleDescription(value);
    name->setBuddy(text);
    const int row = m_grid->rowCount();
    m_grid->addWidget(name, row, 0, Qt::AlignTop);
    m_grid->addWidget(text, row, 1, Qt::AlignTop);
    return text;
}

void KeyValueList::addUnlessEmpty(const QString &label, const QString &value)
{
    if (!value.isEmpty())
        addRow(label, value);
}

// Wrapped values need the height they have at this width; in a pane too low for all it is what scrolls.
bool KeyValueList::event(QEvent *event)
{
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        setMinimumHeight(std::max(0, m_grid->totalHeightForWidth(width()))); // -1: no rows
    return handled;
}

void KeyValueList::clear()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace tidemark
