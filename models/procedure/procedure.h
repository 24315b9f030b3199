#pragma once

#include "fleet/fleet.h"

#include <QMap>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace tidemark {

enum class StepKind {
    Command, // a script that does something
    Check, // a script that only looks; another end than 0 stops the session
    Wait, // a script that ends when something has come true, and says meanwhile how far it is
    Confirm, // a person says that it may go on
    ByHand // a person does it and says so
};

// How much it hurts when it is wrong.
enum class Danger { None, Interrupts, Destroys };

// Whether a step whose end nobody saw may be done once more.
enum class Repeatability { Safe, LookFirst, Never };

// One thing to do in one place. Scripts are for a POSIX shell and are run exactly as they stand here.
struct Step {
    QString id; // within its procedure: "restore.copy"
    QString phase;
    QString title;
    QString why;
    StepKind kind = StepKind::Command;
    QString host; // name of one of the procedure's hosts, empty: this machine
    QString command; // empty: Confirm, ByHand
    // For LookFirst: ends with 0 when the step's effect is there, with 1 when it has not begun, with anything
    // else when a person has to see.
    QString look;
    QString undo; // a script that takes it back, empty: none
    QString leaves; // what it leaves behind when the session ends after it, in words
    QString typed; // Confirm: what has to be typed, empty: nothing
    Danger danger = Danger::None;
    Repeatability repeat = Repeatability::Safe;
    std::optional<std::chrono::milliseconds> expected;

    bool operator==(const Step &) const = default;
};

// What a planner made and the session engine runs: shown whole before anything is done.
struct Procedure {
    QString kind; // "recover"
    QString title;
    QString cluster; // name in the fleet file
    Environment environment = Environment::Unset;
    std::vector<Host> hosts; // all that steps name, so that it can be run without the fleet file
    QMap<QString, QString> facts; // what it was made from, for people and reports
    std::vector<Step> steps;

    bool operator==(const Procedure &) const = default;
    [[nodiscard]] const Step *find(const QString &step) const;
    [[nodiscard]] std::optional<Host> hostOf(const Step &step) const; // nothing: it is not described
};

// What keeps a procedure from being run at all: steps of one id, hosts that are not described, a script where
// there is none, a look that is missing. Empty: nothing.
[[nodiscard]] QStringList faultsOf(const Procedure &procedure);

} // namespace tidemark
