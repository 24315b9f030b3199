#include "calendar/calendaraccess.h"

#include <QAccessibleWidget>

#include <vector>

namespace tidemark {

namespace {

// Children that are made when somebody asks for them, and go with their parent.
class Children
{
public:
    Children() = default;
    Children(const Children &) = delete;
    Children &operator=(const Children &) = delete;
    ~Children()
    {
        for (const QAccessible::Id id : m_ids)
            QAccessible::deleteAccessibleInterface(id);
    }
    template <class Make>
    QAccessibleInterface *at(int index, Make make)
    {
        while (int(m_ids.size()) <= index)
            m_ids.push_back(QAccessible::registerAccessibleInterface(make(int(m_ids.size()))));
        return QAccessible::accessibleInterface(m_ids[std::size_t(index)]);
    }
    [[nodiscard]] int indexOf(const QAccessibleInterface *child) const
    {
        for (std::size_t i = 0; i < m_ids.size(); ++i)
            if (QAccessible::accessibleInterface(m_ids[i]) == child)
                return int(i);
        return -1;
    }

private:
    std::vector<QAccessible::Id> m_ids;
};

QAccessibleInterface *childUnder(const QAccessibleInterface &whole, int x, int y)
{
    for (int i = 0; i < whole.childCount(); ++i)
        if (QAccessibleInterface *one = whole.child(i); one && one->rect().contains(x, y))
            return one;
    return nullptr;
}

class Part : public QAccessibleInterface
{
public:
    Part(const AccessibleDays &days, int day, QAccessibleInterface *above)
        : m_days(days)
        , m_day(day)
        , m_above(above)
    {
    }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override { return m_above; }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        return childUnder(*this, x, y);
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && isValid() ? words() : QString();
    }
    void setText(QAccessible::Text, const QString &) override { }
    [[nodiscard]] QRect rect() const override
    {
        const QRect seen = place().intersected(m_days.paintedOn()->rect());
        return { m_days.paintedOn()->mapToGlobal(seen.topLeft()), seen.size() };
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = true;
        state.offscreen = !place().intersects(m_days.paintedOn()->rect());
        state.invisible = !m_days.paintedOn()->isVisible();
        return state;
    }

protected:
    [[nodiscard]] virtual QRect place() const = 0;
    [[nodiscard]] virtual QString words() const = 0;

    const AccessibleDays &m_days;
    int m_day;
    QAccessibleInterface *m_above;
};

class ItemPart : public Part
{
public:
    ItemPart(const AccessibleDays &days, int day, int item, QAccessibleInterface *above)
        : Part(days, day, above)
        , m_item(item)
    {
    }
    [[nodiscard]] bool isValid() const override
    {
        return m_day < m_days.dayCount() && m_item < m_days.itemCount(m_day);
    }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }

protected:
    [[nodiscard]] QRect place() const override
    {
        return isValid() ? m_days.itemPlace(m_day, m_item) : QRect();
    }
    [[nodiscard]] QString words() const override { return m_days.itemWords(m_day, m_item); }

private:
    int m_item;
};

class DayPart : public Part
{
public:
    using Part::Part;
    [[nodiscard]] bool isValid() const override { return m_day < m_days.dayCount(); }
    [[nodiscard]] int childCount() const override { return isValid() ? m_days.itemCount(m_day) : 0; }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        auto *self = const_cast<DayPart *>(this);
        return m_items.at(index, [&](int item) { return new ItemPart(m_days, m_day, item, self); });
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        return m_items.indexOf(child);
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = Part::state();
        state.selectable = true;
        state.selected = isValid() && m_days.isChosen(m_day);
        return state;
    }

protected:
    [[nodiscard]] QRect place() const override { return isValid() ? m_days.dayPlace(m_day) : QRect(); }
    [[nodiscard]] QString words() const override { return m_days.dayWords(m_day); }

private:
    mutable Children m_items;
};

class Whole : public QAccessibleWidget
{
public:
    Whole(QWidget *widget, const AccessibleDays &days)
        : QAccessibleWidget(widget, QAccessible::List)
        , m_days(days)
    {
    }
    [[nodiscard]] int childCount() const override { return m_days.dayCount(); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        auto *self = const_cast<Whole *>(this);
        return m_parts.at(index, [&](int day) { return new DayPart(m_days, day, self); });
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        return m_parts.indexOf(child);
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        return childUnder(*this, x, y);
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        for (int day = 0; widget()->hasFocus() && day < childCount(); ++day)
            if (m_days.isChosen(day))
                return child(day);
        return QAccessibleWidget::focusChild();
    }

private:
    const AccessibleDays &m_days;
    mutable Children m_parts;
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    const auto *days = dynamic_cast<const AccessibleDays *>(widget);
    return days ? new Whole(widget, *days) : nullptr;
}

} // namespace

void installCalendarAccess()
{
    QAccessible::installFactory(make);
}

} // namespace tidemark
