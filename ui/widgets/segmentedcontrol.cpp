#include "widgets/segmentedcontrol.h"

#include "theme/accessiblerole.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString placeOf(qsizetype index, qsizetype count)
{
    if (count == 1)
        return u"only"_s;
    if (index == 0)
        return u"first"_s;
    return index == count - 1 ? u"last"_s : u"middle"_s;
}

} // namespace

SegmentedControl::SegmentedControl(const QStringList &labels, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    setAccessibleRole(this, QAccessible::Grouping);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    for (qsizetype i = 0; i < labels.size(); ++i) {
        auto *button = new QToolButton(this);
        button->setText(labels[i]);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setProperty("segment", placeOf(i, labels.size()));
        m_group->addButton(button, int(i));
        row->addWidget(button);
    }
    if (!labels.isEmpty())
        segment(0)->setChecked(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool on) {
        if (on)
            Q_EMIT currentChanged(index);
    });
}

void SegmentedControl::setCurrent(int index)
{
    if (auto *button = segment(index))
        button->setChecked(true);
}

int SegmentedControl::current() const
{
    return m_group->checkedId();
}

QToolButton *SegmentedControl::segment(int index) const
{
    return qobject_cast<QToolButton *>(m_group->button(index));
}

} // namespace tidemark
