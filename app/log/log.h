#pragma once

#include <QString>

namespace tidemark::log {

enum class Level { Debug, Info, Warning, Error, Off };

struct Options {
    QString folder = {}; // empty: defaultFolder()
    QString levels = {}; // "info", "warning,pg=debug"; the environment's TIDEMARK_LOG goes before it
    qint64 fileBytes = 2 << 20;
    int files = 5; // besides the one being written
};

// $XDG_STATE_HOME/tidemark.
[[nodiscard]] QString defaultFolder();

// Begins the log in `tidemark.log`, for this person alone, and takes up Qt's own messages. A folder that
// cannot be written sends it to standard error. Answers with what the person should know, empty when all is
// well. Called again it begins anew.
[[nodiscard]] QString start(const Options &options = {});

// Writes out and closes; what is logged from now on goes to standard error when it is a warning or worse.
void stop();

// One logger for each room of app/: log::room("pg").info(…). From any thread. Each line is cleaned (clean.h).
class Room
{
public:
    explicit Room(const char *name)
        : m_name(name)
    {
    }
    void debug(const QString &text) const { write(Level::Debug, text); }
    void info(const QString &text) const { write(Level::Info, text); }
    void warning(const QString &text) const { write(Level::Warning, text); }
    void error(const QString &text) const { write(Level::Error, text); }
    void write(Level level, const QString &text) const;

private:
    const char *m_name; // a literal
};

[[nodiscard]] inline Room room(const char *name)
{
    return Room(name);
}

} // namespace tidemark::log
