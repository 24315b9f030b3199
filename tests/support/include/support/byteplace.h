#pragma once

#include "support/temporaryfolder.h"

#include <QByteArrayList>
#include <QTest>

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>

namespace tidemark::test {

// A folder whose files have names of any bytes; Qt knows only those that are text.
class BytePlace
{
public:
    BytePlace() { clear(); }
    BytePlace(const BytePlace &) = delete;
    BytePlace &operator=(const BytePlace &) = delete;
    ~BytePlace() { std::filesystem::remove_all(path().toStdString()); }

    void clear()
    {
        std::filesystem::remove_all(path().toStdString());
        folder({});
    }
    [[nodiscard]] QByteArray path(const QByteArray &name = {}) const
    {
        return m_folder.path().toUtf8() + "/place" + (name.isEmpty() ? "" : "/") + name;
    }
    void folder(const QByteArray &name) const
    {
        std::filesystem::create_directories(path(name).toStdString());
        static_cast<void>(chmod(path(name).constData(), 0755));
    }
    // Written a day ago, for all that is seen of it, or at that second.
    void file(const QByteArray &name, const QByteArray &content, qint64 second = 1'763'000'000) const
    {
        if (const auto slash = name.lastIndexOf('/'); slash > 0)
            folder(name.left(slash));
        FILE *file = fopen(path(name).constData(), "wb");
        QVERIFY2(file, name.constData());
        QCOMPARE(fwrite(content.constData(), 1, size_t(content.size()), file), size_t(content.size()));
        fclose(file);
        const timespec times[2] { { second, 0 }, { second, 0 } };
        QCOMPARE(utimensat(AT_FDCWD, path(name).constData(), times, 0), 0);
        static_cast<void>(chmod(path(name).constData(), 0644));
    }
    void remove(const QByteArray &name) const { std::filesystem::remove_all(path(name).toStdString()); }
    void mode(const QByteArray &name, mode_t mode) const
    {
        static_cast<void>(chmod(path(name).constData(), mode));
    }

private:
    TemporaryFolder m_folder;
};

} // namespace tidemark::test
