#include "preferences/settings.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 LargestFile = 1 << 20;

using Values = QHash<QString, QVariant>;

struct Loaded {
    Values values;
    QSettings::Status status = QSettings::NoError;
};

Loaded load(const QString &path)
{
    if (QFileInfo(path).size() > LargestFile)
        return { {}, QSettings::FormatError };
    if (QFile file(path); file.exists() && !file.open(QIODevice::ReadOnly))
        return { {}, QSettings::AccessError };
    const QSettings file(path, QSettings::IniFormat);
    Loaded loaded;
    for (const QString &key : file.allKeys())
        loaded.values.insert(key, file.value(key));
    loaded.status = file.status();
    if (loaded.status != QSettings::NoError)
        loaded.values.clear();
    return loaded;
}

bool save(const QString &path, const Values &changes)
{
    QSettings file(path, QSettings::IniFormat);
    for (auto it = changes.begin(); it != changes.end(); ++it)
        file.setValue(it.key(), it.value());
    file.sync();
    return file.status() == QSettings::NoError;
}

// Asks the kernel by doing it: permission bits say nothing of a read-only disk.
bool canWrite(const QString &path)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    const int fd = ::open(folder.constData(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EOPNOTSUPP)
        return ::eaccess(folder.constData(), W_OK) == 0;
    if (fd >= 0)
        ::close(fd);
    return fd >= 0;
}

class SettingsPreferences : public QObject, public Preferences
{
public:
    // An empty path: nothing is written.
    SettingsPreferences(QString path, Values values)
        : m_path(std::move(path))
        , m_values(std::move(values))
    {
        m_pool.setMaxThreadCount(1);
        m_later.setSingleShot(true);
        m_later.setInterval(500);
        connect(&m_later, &QTimer::timeout, this, [this] { writeOut(); });
    }
    ~SettingsPreferences() override
    {
        writeOut();
        m_pool.waitForDone();
    }

    QString text(const QString &key, const QString &fallback) const override
    {
        const auto found = m_values.find(key);
        return found == m_values.end() ? fallback : found->toString();
    }
    QByteArray bytes(const QString &key) const override { return m_values.value(key).toByteArray(); }
    void setText(const QString &key, const QString &value) override { set(key, value); }
    void setBytes(const QString &key, const QByteArray &value) override { set(key, value); }

private:
    void set(const QString &key, const QVariant &value)
    {
        if (m_values.value(key) == value)
            return;
        m_values.insert(key, value);
        m_changes.insert(key, value);
        m_later.start();
    }
    void writeOut()
    {
        if (m_changes.isEmpty() || m_path.isEmpty())
            return;
        m_pool.start([path = m_path, changes = std::exchange(m_changes, {}), warned = m_warned] {
            if (!save(path, changes) && !warned->exchange(true))
                qWarning("preferences cannot be written to %s", qUtf8Printable(path));
        });
    }

    QString m_path;
    Values m_values;
    Values m_changes;
    std::shared_ptr<std::atomic<bool>> m_warned = std::make_shared<std::atomic<bool>>(false);
    QTimer m_later;
    QThreadPool m_pool;
};

QString keepAside(const QString &path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    QString aside = u"%1.damaged-%2"_s.arg(path, stamp);
    for (int i = 2; QFile::exists(aside); ++i)
        aside = u"%1.damaged-%2-%3"_s.arg(path, stamp).arg(i);
    if (QFile::rename(path, aside))
        return u"the settings in %1 could not be read; the file was kept as %2"_s.arg(path, aside);
    return u"the settings in %1 could not be read, nor kept aside; they are as by themselves"_s.arg(path);
}

} // namespace

QString defaultSettingsPath()
{
    const QString home = qEnvironmentVariable("XDG_CONFIG_HOME");
    const bool usable = QDir::isAbsolutePath(home);
    return (usable ? home : QDir::homePath() + u"/.config"_s) + u"/tidemark/tidemark.ini"_s;
}

PreferencesOpened makeSettingsPreferences(const QString &path)
{
    PreferencesOpened opened;
    Loaded loaded = load(path);
    if (loaded.status == QSettings::FormatError)
        opened.messages.push_back(keepAside(path));
    const bool reachable
        = loaded.status != QSettings::AccessError && QDir().mkpath(QFileInfo(path).absolutePath());
    const bool writable = reachable && canWrite(path);
    if (!writable && opened.messages.empty())
        opened.messages.push_back(u"settings hold for this session only: %1 cannot be %2"_s.arg(
            path, reachable ? u"written"_s : u"used"_s));
    opened.preferences
        = std::make_shared<SettingsPreferences>(writable ? path : QString(), std::move(loaded.values));
    return opened;
}

} // namespace tidemark
