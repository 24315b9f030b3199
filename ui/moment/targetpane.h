#pragma once

#include "moment/momentstop.h"
#include "shell/clocks.h"
#include "widgets/bars.h"

#include <array>

class QComboBox;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace tidemark {

class GlyphMark;
class TextLabel;

// What the pane shows, complete at any time.
struct TargetFacts {
    QString cluster;
    std::optional<MomentStop> stop;
    std::optional<MomentChoice> choice; // nothing: what is around the target is being read
    QString problem; // why it cannot be read
    QString unreachable; // why recovery cannot end there; empty: it can, or nobody knows
    QStringList points; // names of restore points
    int point = -1; // the one that is chosen
    Instant since; // what was read begins here
    int relations = 0; // that the undone events touched
    bool commits = false; // some were read: one can be stopped at
    bool gaps = false; // not everything behind the target was read
};

// Where recovery would end, by what it is told so, and what becomes of everything then: kept, undone, lost.
class TargetPane : public SidePane
{
    Q_OBJECT

public:
    explicit TargetPane(std::shared_ptr<Clocks> clocks, QWidget *parent = nullptr);
    void show(const TargetFacts &facts);
    void refuse(MomentStop::By by, const QString &why); // what was typed is not understood
    [[nodiscard]] QString words() const; // the target as lines to copy

Q_SIGNALS:
    void previousWanted();
    void nextWanted();
    void copyWanted();
    void useWanted();
    void restoreWanted();
    void byWanted(MomentStop::By by);
    void lsnTyped(const QString &text);
    void timeTyped(const QString &text);
    void pointWanted(int point);

private:
    struct Statement {
        GlyphMark *mark;
        TextLabel *title;
        TextLabel *detail;
        void say(const QString &first, const QString &second) const;
    };
    struct Way {
        QRadioButton *button;
        GlyphMark *mark; // beside what asks for attention
        TextLabel *note;
    };

    void buildHead();
    void buildWays();
    void buildMeaning();
    void buildUse();
    QVBoxLayout *section(const QString &title);
    [[nodiscard]] Way way(QVBoxLayout *column, MomentStop::By by, const QString &name);
    [[nodiscard]] Statement statement(QVBoxLayout *column, const QString &name);
    void showHead();
    void showWays();
    static void echo(QLineEdit *field, const QString &text);
    void showMeaning();
    void sayKept(const MomentChoice &choice);
    void sayUndone(const MomentChoice &choice);
    void sayLost(const MomentChoice &choice);
    [[nodiscard]] QString title() const;

    std::shared_ptr<Clocks> m_clocks;
    TargetFacts m_facts;
    QVBoxLayout *m_inside = nullptr; // what is scrolled
    TextLabel *m_title = nullptr;
    TextLabel *m_utcName = nullptr;
    TextLabel *m_utc = nullptr;
    TextLabel *m_localName = nullptr;
    TextLabel *m_local = nullptr;
    TextLabel *m_lsn = nullptr;
    QPushButton *m_previous = nullptr;
    QPushButton *m_next = nullptr;
    QPushButton *m_copy = nullptr;
    std::array<Way, 4> m_ways {};
    QLineEdit *m_lsnField = nullptr;
    QLineEdit *m_timeField = nullptr;
    QComboBox *m_points = nullptr;
    Statement m_kept {};
    Statement m_undone {};
    Statement m_lost {};
    TextLabel *m_problem = nullptr;
    TextLabel *m_otherWay = nullptr;
    QPushButton *m_restore = nullptr;
    QPushButton *m_use = nullptr;
};

} // namespace tidemark
