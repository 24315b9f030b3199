#pragma once

#include "settings/fieldform.h"
#include "settings/pendingchanges.h"
#include "shell/page.h"

#include <functional>

class QBoxLayout;

namespace tidemark {

class Banner;
class NameList;
class TextLabel;

// A section of the settings over a list of things in the fleet file: the list, and a form for the chosen one.
class ItemSection : public QWidget
{
    Q_OBJECT

public:
    ItemSection(
        PageContext context, PendingChanges *pending, const QString &listName, QWidget *parent = nullptr);

    // The fleet is another one now; the choice stays where it can.
    void reload();
    void choose(const QString &name);
    // Chooses the thing and gives the focus to the value below it that `field` names; none: to the list.
    void showField(const QString &name, const QStringList &field);
    [[nodiscard]] const std::vector<QWidget *> &panes() const { return m_panes; } // list, form

Q_SIGNALS:
    // Written at once: a thing that is added or taken out. `choose` is what the list shows afterwards.
    void applyNow(const std::vector<FleetEdit> &edits, const QString &choose);

protected:
    // What a new item is made of: its name, and the one value that tells where it is.
    struct NewItem {
        QString title; // "Add a server"
        QString nameLabel;
        QString valueLabel; // "Host"
        QString valueHint;
        std::function<std::vector<FleetEdit>(const QString &name, const QString &value)> edits;
    };
    // Puts "Add…" and "Remove…" under the list.
    void offerToChange(NewItem item);
    [[nodiscard]] virtual QStringList names(const Fleet &fleet) const = 0;
    [[nodiscard]] virtual QStringList itemPath(const QString &name) const = 0;
    [[nodiscard]] virtual std::vector<Field> fields(const QString &name, const Fleet &fleet) const = 0;
    // Whose edge the question before a removal carries.
    [[nodiscard]] virtual Environment environmentOf(const QString &name) const = 0;
    // Where a value is set that no field of the form holds, such as a secret; null: nowhere.
    [[nodiscard]] virtual QWidget *setterOf(const QStringList &) const { return nullptr; }
    // Told after the form shows another item; empty: none.
    virtual void itemShown(const QString &) { }

    [[nodiscard]] QString chosen() const;
    [[nodiscard]] const Fleet &fleet() const { return m_context.fleet->fleet(); }
    [[nodiscard]] QBoxLayout *actions() const { return m_actions; }
    [[nodiscard]] FieldForm *form() const { return m_form; }
    [[nodiscard]] Banner *banner() const { return m_banner; }

    PageContext m_context;
    PendingChanges *m_pending;

    void resizeEvent(QResizeEvent *event) override;

private:
    void showChosen();
    void ask(const NewItem &item);
    void askToRemove();
    [[nodiscard]] QWidget *makeSide();

    NameList *m_list;
    TextLabel *m_title;
    FieldForm *m_form;
    QBoxLayout *m_actions;
    Banner *m_banner;
    QBoxLayout *m_below; // under the list
    std::vector<QWidget *> m_panes;
};

} // namespace tidemark
