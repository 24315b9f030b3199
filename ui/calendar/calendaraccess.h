#pragma once

#include <QRect>
#include <QString>

class QWidget;

namespace tidemark {

// What a painted calendar tells screen readers: its days, and in each day its runs and overlaps. Places are
// in the widget that paintedOn() answers.
class AccessibleDays
{
public:
    virtual ~AccessibleDays() = default;
    [[nodiscard]] virtual int dayCount() const = 0;
    [[nodiscard]] virtual QString dayWords(int day) const = 0;
    [[nodiscard]] virtual QRect dayPlace(int day) const = 0;
    [[nodiscard]] virtual bool isChosen(int day) const = 0;
    [[nodiscard]] virtual int itemCount(int) const { return 0; }
    [[nodiscard]] virtual QString itemWords(int, int) const { return {}; }
    [[nodiscard]] virtual QRect itemPlace(int day, int) const { return dayPlace(day); }
    [[nodiscard]] virtual const QWidget *paintedOn() const = 0;
};

// Has Qt ask such widgets. May be called twice.
void installCalendarAccess();

} // namespace tidemark
