#pragma once

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace tidemark::test {

// A temporary folder that the unprivileged account of the lab's servers can enter, with a path short enough
// for Unix sockets.
class TemporaryFolder
{
public:
    TemporaryFolder()
        : m_dir(QDir::tempPath() + QStringLiteral("/tm-XXXXXX"))
    {
        QFile::setPermissions(m_dir.path(),
            QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup
                | QFile::ReadOther | QFile::ExeOther);
    }
    [[nodiscard]] QString path() const { return m_dir.path(); }
    [[nodiscard]] QString filePath(const QString &name) const { return m_dir.filePath(name); }

private:
    QTemporaryDir m_dir;
};

} // namespace tidemark::test
