#pragma once

#include "insight/moving.h"
#include "ports/fleetfile.h"
#include "widgets/confirmation.h"

class QComboBox;
class QTimeEdit;

namespace tidemark {

class TextLabel;

// Puts a schedule or a maintenance window to another time of its days, in the fleet file: shows what overlaps
// before and after, and the lines that change.
class MoveDialog : public ConfirmationDialog
{
    Q_OBJECT

public:
    // What is worked out before it opens.
    struct About {
        std::shared_ptr<const CalendarPlan> plan; // four weeks back and ahead, nothing hidden
        std::vector<Movable> movables; // at least one
        std::vector<std::optional<QTime>> best; // of each
        Environment environment = Environment::Unset; // the strictest of those concerned
        QString target;
        QString file;
    };
    explicit MoveDialog(About about, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<FleetEdit> edits() const; // empty: nothing would change
    void showLines(const Result<QByteArray> &after, const QByteArray &before);

Q_SIGNALS:
    void changed(); // edits() are others: showLines() again

private:
    void choose(int movable);
    void tell();
    [[nodiscard]] const Movable &chosen() const;

    About m_facts;
    QComboBox *m_what;
    QTimeEdit *m_time;
    TextLabel *m_before;
    TextLabel *m_after;
    TextLabel *m_lines;
    TextLabel *m_note;
};

// The lines in which two texts differ: "12 - when: …" and "12 + when: …".
[[nodiscard]] QString changedLines(const QByteArray &before, const QByteArray &after);

} // namespace tidemark
