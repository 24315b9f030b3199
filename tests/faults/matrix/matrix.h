#pragma once

#include "onlooker.h"

#include <QTest>

#include <functional>
#include <vector>

namespace tidemark::test {

// One breakage and what stands healthy beside it.
struct Breakage {
    QString name; // what is broken
    QString twin; // the same, healthy
    // All codes it raises, worst first; those in brackets come with the one that names the fault.
    QString raises;
    std::function<void()> harm; // on top of the twin
    std::function<void()> prepare; // the twin, where it is more than what all rows begin with
    std::function<void()> mend; // what begin() would not undo
    QStringList touches; // sources; what the others hold stays as it is
};

// A family of the fault matrix: a table of breakages, each applied to a healthy state and read as the program
// reads. The healthy state beside it, read the same way, must raise nothing. Families derive from it; the
// rows are published in docs/fault-matrix.md, and are compared with it here.
class FaultMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFound_data();
    void isFound();
    void isWhatTheDocsSay();

protected:
    [[nodiscard]] virtual QString family() const = 0; // its heading in the docs
    [[nodiscard]] virtual std::vector<Breakage> rows() = 0;
    // The healthy state that every row begins with.
    virtual void begin(const Breakage &row) = 0;
    // Runs a line of shell; a failure is remembered and fails the row.
    void shell(const QString &command, const QString &folder = {});
    // Remembers what went wrong, where a test macro cannot return.
    void expect(bool holds, const QString &words);
    template <class T>
    void expect(const Result<T> &result)
    {
        expect(result.has_value(), result ? QString() : result.error().code + u' ' + result.error().detail);
    }

    [[nodiscard]] QString wrong() const { return m_wrong.join(u'\n'); }

    Onlooker m_onlooker;

private:
    QStringList m_wrong;
};

} // namespace tidemark::test
