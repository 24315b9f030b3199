#pragma once

#include "calendar/calendarwork.h"
#include "shell/page.h"

namespace tidemark {

class MoveDialog;

// Moves a party of a conflict to another time in the fleet file: works out which, asks, writes.
class Moving : public QObject
{
    Q_OBJECT

public:
    explicit Moving(PageContext context, QObject *parent = nullptr);
    void ask(const CalendarQuestion &question, const std::vector<Movable> &movables, QWidget *over);

Q_SIGNALS:
    void said(const QString &words);

private:
    void open(const MoveProposal &proposal, QWidget *over);
    void preview(MoveDialog *dialog);
    void write(const std::vector<FleetEdit> &edits);

    PageContext m_context;
    TaskScope m_work;
    TaskScope m_previewing;
    TaskScope m_writing;
};

} // namespace tidemark
