#include "log/log.h"

#include "log/clean.h"

#include <QDir>
#include <QFile>
#include <QStringList>

#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace tidemark::log {

namespace {

struct Levels {
    Level others = Level::Info;
    std::map<std::string, Level, std::less<>> rooms;
    QString problem;
};

struct State {
    std::mutex guard;
    spdlog::sink_ptr sink;
    Levels levels { .others = Level::Warning };
    bool complained = false;
};

State &state()
{
    static State one;
    return one;
}

std::optional<Level> levelOf(const QString &word)
{
    static const std::map<QString, Level> words { { u"debug"_s, Level::Debug }, { u"info"_s, Level::Info },
        { u"warning"_s, Level::Warning }, { u"error"_s, Level::Error }, { u"off"_s, Level::Off } };
    const auto found = words.find(word.trimmed().toLower());
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

Levels parseLevels(const QString &text)
{
    Levels levels;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        const qsizetype equals = part.indexOf(u'=');
        const auto level = levelOf(part.mid(equals + 1));
        if (!level)
            levels.problem = u"\"%1\" is no log level: use debug, info, warning, error or off"_s.arg(part);
        else if (equals < 0)
            levels.others = *level;
        else
            levels.rooms.insert_or_assign(part.left(equals).trimmed().toStdString(), *level);
    }
    return levels;
}

spdlog::level::level_enum spdlogLevel(Level level)
{
    switch (level) {
    case Level::Debug:
        return spdlog::level::debug;
    case Level::Info:
        return spdlog::level::info;
    case Level::Warning:
        return spdlog::level::warn;
    case Level::Error:
        return spdlog::level::err;
    case Level::Off:
        break;
    }
    return spdlog::level::off;
}

// A log that fails must not fill the terminal with that; once is enough.
void complain(const QString &what)
{
    if (!std::exchange(state().complained, true))
        std::fprintf(stderr, "tidemark: the log cannot be written: %s\n", what.toUtf8().constData());
}

void privately(const spdlog::filename_t &, std::FILE *file)
{
    if (::fchmod(::fileno(file), 0600) != 0)
        throw spdlog::spdlog_ex("fchmod", errno);
}

spdlog::sink_ptr fileSink(const Options &options)
{
    const QString folder = options.folder.isEmpty() ? defaultFolder() : options.folder;
    if (!QDir().mkpath(folder))
        throw spdlog::spdlog_ex(folder.toStdString() + " cannot be made");
    spdlog::file_event_handlers handlers;
    handlers.after_open = privately;
    return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
        QFile::encodeName(folder + u"/tidemark.log"_s).toStdString(),
        static_cast<std::size_t>(options.fileBytes), static_cast<std::size_t>(options.files), false,
        handlers);
}

void setForm(spdlog::sinks::sink &sink)
{
    sink.set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%eZ %-7l %n: %v", spdlog::pattern_time_type::utc));
}

// With the guard held.
void writeLine(State &now, const char *name, Level level, const std::string &line)
{
    try {
        if (!now.sink) {
            now.sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
            setForm(*now.sink);
        }
        now.sink->log(spdlog::details::log_msg(name, spdlogLevel(level), line));
        now.sink->flush();
    } catch (const spdlog::spdlog_ex &exception) {
        complain(QString::fromLocal8Bit(exception.what()));
    }
}

void fromQt(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QString category = QString::fromUtf8(context.category);
    const QString words = category.isEmpty() || category == u"default"_s ? text : category + u": "_s + text;
    switch (type) {
    case QtDebugMsg:
        return Room("qt").debug(words);
    case QtInfoMsg:
        return Room("qt").info(words);
    case QtWarningMsg:
        return Room("qt").warning(words);
    case QtCriticalMsg:
        return Room("qt").error(words);
    case QtFatalMsg: // Qt ends the program after this; the person at the terminal should see why
        Room("qt").error(words);
        std::fprintf(stderr, "%s\n", clean(words).toUtf8().constData());
    }
}

} // namespace

QString defaultFolder()
{
    const QString home = qEnvironmentVariable("XDG_STATE_HOME");
    const bool usable = QDir::isAbsolutePath(home);
    return (usable ? home : QDir::homePath() + u"/.local/state"_s) + u"/tidemark"_s;
}

QString start(const Options &options)
{
    QString warning;
    {
        State &now = state();
        const std::lock_guard lock(now.guard);
        now.complained = false;
        now.sink.reset();
        now.levels = parseLevels(qEnvironmentVariable("TIDEMARK_LOG", options.levels));
        warning = now.levels.problem;
        try {
            now.sink = fileSink(options);
            setForm(*now.sink);
        } catch (const spdlog::spdlog_ex &exception) {
            now.sink.reset();
            warning = u"the log goes to standard error: "_s + clean(QString::fromLocal8Bit(exception.what()));
        }
    }
    qInstallMessageHandler(fromQt);
    if (!warning.isEmpty())
        Room("log").warning(warning);
    return warning;
}

void stop()
{
    qInstallMessageHandler(nullptr);
    State &now = state();
    const std::lock_guard lock(now.guard);
    now.sink.reset();
    now.levels = { .others = Level::Warning };
}

void Room::write(Level level, const QString &text) const
{
    State &now = state();
    const std::lock_guard lock(now.guard);
    const auto own = now.levels.rooms.find(std::string_view(m_name));
    const Level least = own == now.levels.rooms.end() ? now.levels.others : own->second;
    if (level >= least && least != Level::Off)
        writeLine(now, m_name, level, clean(text).toStdString());
}

} // namespace tidemark::log
