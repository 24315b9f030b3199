#include "settings/itemsection.h"

#include "settings/namelist.h"
#include "settings/newitemdialog.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/confirmation.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace tidemark {

ItemSection::ItemSection(
    PageContext context, PendingChanges *pending, const QString &listName, QWidget *parent)
    : QWidget(parent)
    , m_context(std::move(context))
    , m_pending(pending)
    , m_list(new NameList(220))
    , m_title(new TextLabel({}, FontRole::PageTitle))
    , m_form(new FieldForm)
    , m_actions(new QHBoxLayout)
    , m_banner(new Banner)
    , m_below(new QHBoxLayout)
{
    m_list->setAccessibleName(listName);
    m_list->setObjectName(u"items"_s);
    m_form->setTabAfter(m_list);
    connect(m_list, &QListWidget::currentRowChanged, this, &ItemSection::showChosen);
    connect(m_form, &FieldForm::edited, this, [this] {
        if (!chosen().isEmpty())
            m_pending->put(itemPath(chosen()), m_form->changes());
    });
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *names = new Ground(Token::Alt, Ground::Line::Right);
    auto *column = new QVBoxLayout(names);
    column->setContentsMargins(0, 0, 1, 0);
    column->addWidget(m_list);
    column->addLayout(m_below);
    m_panes = { names, makeSide() };
    row->addWidget(names);
    row->addWidget(m_panes.back(), 1);
}

QWidget *ItemSection::makeSide()
{
    const Theme &theme = Theme::of(this);
    auto *side = new Ground(Token::Surface, Ground::Line::None);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16));
    column->setSpacing(theme.px(16));
    m_title->setElided();
    m_form->setMaximumWidth(theme.px(640));
    m_banner->setMaximumWidth(theme.px(640));
    m_actions->setSpacing(theme.px(8));
    column->addWidget(m_title);
    column->addWidget(m_form);
    column->addLayout(m_actions);
    column->addWidget(m_banner);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(side);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

void ItemSection::offerToChange(NewItem item)
{
    const Theme &theme = Theme::of(this);
    auto *add = makeSmallButton(tr("Add…"));
    auto *remove = makeSmallButton(tr("Remove…"));
    add->setAccessibleName(item.title);
    m_below->setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(12));
    m_below->setSpacing(theme.px(8));
    m_below->addWidget(add);
    m_below->addWidget(remove);
    m_below->addStretch();
    setTabOrder(m_list, add);
    setTabOrder(add, remove);
    m_form->setTabAfter(remove);
    connect(add, &QPushButton::clicked, this, [this, item = std::move(item)] { ask(item); });
    connect(remove, &QPushButton::clicked, this, &ItemSection::askToRemove);
}

void ItemSection::ask(const NewItem &item)
{
    auto *dialog = new NewItemDialog(item.title, item.nameLabel, item.valueLabel, item.valueHint, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->refuse(names(fleet()));
    connect(dialog, &QDialog::accepted, this, [this, dialog, item] {
        Q_EMIT applyNow(item.edits(dialog->name(), dialog->value()), dialog->name());
    });
    dialog->open();
}

void ItemSection::askToRemove()
{
    const QString name = chosen();
    if (name.isEmpty())
        return;
    Confirmation about;
    about.environment = environmentOf(name);
    about.target = name;
    about.title = tr("Take %1 out of the fleet file?").arg(name.simplified());
    about.text
        = tr("Tidemark stops following it. Nothing is changed on the server, and no backup is touched.");
    about.wayBack = tr("Add it again, or take the line back in the file's history.");
    about.act = tr("Take it out");
    about.keep = tr("Keep it");
    auto *dialog = new ConfirmationDialog(about, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, name] {
        const FleetEdit edit { itemPath(name), {} };
        m_pending->put(itemPath(name), {});
        Q_EMIT applyNow({ edit }, {});
    });
    dialog->open();
}

// With large text the labels stand above their fields and the acts below each other.
void ItemSection::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool wide = m_panes.back()->width() >= Theme::of(this).px(440);
    m_form->setLabelsAbove(!wide);
    m_actions->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

QString ItemSection::chosen() const
{
    return m_list->chosen();
}

void ItemSection::choose(const QString &name)
{
    m_list->choose(name);
}

void ItemSection::showField(const QString &name, const QStringList &field)
{
    choose(name);
    QWidget *setter = chosen() == name ? setterOf(field) : nullptr;
    if (setter)
        setter->setFocus(Qt::ShortcutFocusReason);
    else if (chosen() != name || !m_form->focusField(field))
        m_list->setFocus(Qt::ShortcutFocusReason);
}

void ItemSection::reload()
{
    m_list->setNames(names(fleet()));
    showChosen();
}

void ItemSection::showChosen()
{
    const QString name = chosen();
    m_banner->clear();
    m_title->setText(name.simplified());
    if (name.isEmpty()) {
        m_form->clear();
    } else {
        const QStringList item = itemPath(name);
        m_form->showItem(item, fields(name, fleet()));
        for (const FleetEdit &edit : m_pending->below(item))
            m_form->type(edit.path.sliced(item.size()), edit.value);
    }
    itemShown(name);
}

} // namespace tidemark
