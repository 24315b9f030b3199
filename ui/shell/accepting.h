#pragma once

#include "insight/finding.h"
#include "shell/page.h"

namespace tidemark {

// Lets a person accept one occurrence of something wrong, and take that back. A page has one; said() is for
// its statusMessage().
class Accepting : public QObject
{
    Q_OBJECT

public:
    explicit Accepting(PageContext context, QObject *parent = nullptr);

    [[nodiscard]] bool isPossible() const; // a store is open
    // Asks for the reason over this window. `occurrence` is Finding::occurrence(), CalendarRun::occurrence()
    // or occurrenceOf() a conflict.
    void ask(const QString &occurrence, const QString &what, const QString &means, QWidget *over);
    void withdraw(const QString &occurrence);

Q_SIGNALS:
    void said(const QString &words);

private:
    void tell(const Result<> &done, const QString &words);

    PageContext m_context;
    TaskScope m_tasks;
};

// "kim@harbour": who sits here, as the system knows.
[[nodiscard]] QString personHere();

// "Accepted by kim@harbour on 18 Nov 12:00: disk replaced"
[[nodiscard]] QString acceptedWords(const Acceptance &accepted, const Clocks &clocks);

// What accepting it does, for the dialog.
[[nodiscard]] QString acceptingMeans(const Finding &finding);

} // namespace tidemark
