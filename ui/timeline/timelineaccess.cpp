#include "timeline/timelineaccess.h"

#include "timeline/timelineview.h"

#include <QAccessibleWidget>

#include <map>
#include <memory>

namespace tidemark {

namespace {

// What a part of the timeline is to Qt; its place is its number and that of its lane.
class Part : public QAccessibleInterface
{
public:
    Part(TimelineView &view, int lane)
        : m_view(view)
        , m_lane(lane)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_lane < int(m_view.scene().lanes.size()); }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i)
            if (QAccessibleInterface *one = child(i); one && one->rect().contains(x, y))
                return one;
        return nullptr;
    }
    void setText(QAccessible::Text, const QString &) override { }
    [[nodiscard]] QRect rect() const override
    {
        const QRect seen = place().intersected(m_view.viewport()->rect());
        return { m_view.viewport()->mapToGlobal(seen.topLeft()), seen.size() };
    }

protected:
    [[nodiscard]] virtual QRect place() const = 0; // in the viewport
    [[nodiscard]] QAccessible::State shown() const
    {
        QAccessible::State state;
        state.readOnly = true;
        state.offscreen = !place().intersects(m_view.viewport()->rect());
        state.invisible = !m_view.isVisible();
        return state;
    }

    TimelineView &m_view;
    int m_lane;
};

class ItemPart : public Part
{
public:
    ItemPart(TimelineView &view, int lane, int item, QAccessibleInterface *lanePart)
        : Part(view, lane)
        , m_item(item)
        , m_lanePart(lanePart)
    {
    }
    [[nodiscard]] QAccessibleInterface *parent() const override { return m_lanePart; }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::Graphic; }
    [[nodiscard]] QAccessible::State state() const override { return shown(); }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto items = m_view.items(m_lane);
        if (kind != QAccessible::Name || m_item >= int(items.size()))
            return {};
        return m_view.wordsOf(m_lane, items[std::size_t(m_item)]);
    }

protected:
    [[nodiscard]] QRect place() const override
    {
        const auto items = m_view.items(m_lane);
        if (m_item >= int(items.size()))
            return {};
        const QPoint corner(m_view.timeRect().left(), m_view.laneRect(m_lane).top());
        return items[std::size_t(m_item)].rect.toAlignedRect().translated(corner);
    }

private:
    int m_item;
    QAccessibleInterface *m_lanePart;
};

class LanePart : public Part
{
public:
    LanePart(TimelineView &view, int lane, QAccessibleInterface *whole)
        : Part(view, lane)
        , m_whole(whole)
    {
    }
    ~LanePart() override
    {
        for (const auto &[item, id] : m_items)
            QAccessible::deleteAccessibleInterface(id);
    }
    LanePart(const LanePart &) = delete;
    LanePart &operator=(const LanePart &) = delete;

    [[nodiscard]] QAccessibleInterface *parent() const override { return m_whole; }
    [[nodiscard]] int childCount() const override { return int(m_view.items(m_lane).size()); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_items.find(index);
        if (known != m_items.end())
            return QAccessible::accessibleInterface(known->second);
        auto *made = new ItemPart(m_view, m_lane, index, const_cast<LanePart *>(this));
        m_items.emplace(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (const auto &[item, id] : m_items)
            if (QAccessible::accessibleInterface(id) == child)
                return item;
        return -1;
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = shown();
        state.selectable = true;
        state.selected = m_view.scene().current == m_lane;
        state.expandable = true;
        const bool open
            = m_lane < int(m_view.scene().open.size()) && m_view.scene().open[std::size_t(m_lane)];
        state.expanded = open;
        state.collapsed = !open;
        return state;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (!isValid() || kind != QAccessible::Name)
            return {};
        return m_view.scene().words[std::size_t(m_lane)].spoken;
    }

protected:
    [[nodiscard]] QRect place() const override { return m_view.laneRect(m_lane); }

private:
    QAccessibleInterface *m_whole;
    mutable std::map<int, QAccessible::Id> m_items;
};

class Whole : public QAccessibleWidget
{
public:
    explicit Whole(TimelineView *view)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(*view)
    {
    }
    ~Whole() override
    {
        for (const QAccessible::Id id : m_lanes)
            QAccessible::deleteAccessibleInterface(id);
    }
    Whole(const Whole &) = delete;
    Whole &operator=(const Whole &) = delete;

    [[nodiscard]] int childCount() const override { return lanes(); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= lanes())
            return nullptr;
        while (int(m_lanes.size()) <= index) {
            auto *made = new LanePart(m_view, int(m_lanes.size()), const_cast<Whole *>(this));
            m_lanes.push_back(QAccessible::registerAccessibleInterface(made));
        }
        return QAccessible::accessibleInterface(m_lanes[std::size_t(index)]);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (std::size_t i = 0; i < m_lanes.size(); ++i)
            if (QAccessible::accessibleInterface(m_lanes[i]) == child)
                return int(i);
        return -1;
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i)
            if (QAccessibleInterface *one = child(i); one && one->rect().contains(x, y))
                return one;
        return nullptr;
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        return m_view.hasFocus() && m_view.scene().current >= 0 ? child(m_view.scene().current)
                                                                : QAccessibleWidget::focusChild();
    }

private:
    [[nodiscard]] int lanes() const { return int(m_view.scene().lanes.size()); }

    TimelineView &m_view;
    mutable std::vector<QAccessible::Id> m_lanes;
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *view = qobject_cast<TimelineView *>(object);
    return view ? new Whole(view) : nullptr;
}

} // namespace

void installTimelineAccess()
{
    QAccessible::installFactory(make);
}

} // namespace tidemark
