#pragma once

#include "ports/sessionboard.h"
#include "widgets/bars.h"

#include <chrono>
#include <optional>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace tidemark {

class Clocks;
class GlyphMark;
class ShareBar;
class StateChip;
class TextLabel;

// Beside a session: how long it takes, what a person has to do next, and what stopping here would mean.
class RunPane : public SidePane
{
    Q_OBJECT

public:
    explicit RunPane(std::shared_ptr<Clocks> clocks, QWidget *parent = nullptr);
    void show(const BoardSession &session, std::optional<std::chrono::seconds> rto, Instant now);
    void sayRefused(const QString &words); // what was decided is not possible; empty: it was

Q_SIGNALS:
    void decided(SessionAct act, const QString &text);
    void goOnWanted();
    void undoWanted();
    void noteWanted(const QString &text);

private:
    // The buttons and the field that are there for what has to be decided now.
    enum class Ask { Nothing, GoOn, Typed, Confirm, ByHand, Failed, Continue, TakeBack, Undo };
    [[nodiscard]] static Ask askOf(const BoardSession &session, const SessionState &state);
    void buildClock();
    void buildNext();
    void buildStop();
    void buildNote();
    [[nodiscard]] QVBoxLayout *section();
    void showClock(const SessionState &state, std::optional<std::chrono::seconds> rto, Instant now);
    void showNext(const BoardSession &session, const SessionState &state);
    void showAsk(Ask ask, const Step *step);
    void sayNext(const BoardSession &session, const SessionState &state);
    void showStop(const BoardSession &session, const SessionState &state);
    void enable();

    std::shared_ptr<Clocks> m_clocks;
    QVBoxLayout *m_inside = nullptr;
    TextLabel *m_used = nullptr;
    TextLabel *m_left = nullptr;
    StateChip *m_inTime = nullptr;
    ShareBar *m_bar = nullptr;
    TextLabel *m_times = nullptr;
    GlyphMark *m_mark = nullptr;
    TextLabel *m_title = nullptr;
    TextLabel *m_text = nullptr;
    TextLabel *m_typeWhat = nullptr;
    QLineEdit *m_field = nullptr;
    TextLabel *m_refused = nullptr;
    QPushButton *m_main = nullptr; // the act that is most likely right
    QPushButton *m_done = nullptr;
    QPushButton *m_skip = nullptr;
    QWidget *m_stop = nullptr;
    TextLabel *m_pause = nullptr;
    TextLabel *m_abort = nullptr;
    TextLabel *m_close = nullptr;
    QLineEdit *m_note = nullptr;
    QPushButton *m_addNote = nullptr;
    Ask m_ask = Ask::Nothing;
    QString m_typed; // what has to be typed
    QString m_askedOf; // session, step and attempt that the field belongs to
};

} // namespace tidemark
