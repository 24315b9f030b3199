#pragma once

#include "../sources/backupsourcecontract.h"
#include "basebackup/basebackup.h"
#include "support/gatedreader.h"
#include "support/madebackup.h"
#include "support/testclock.h"
#include "values/pathtext.h"

namespace tidemark::test {

// Base backups in both forms, read through a reader of the test's choice.
class BaseBackupContract : public BackupSourceContract
{
    Q_OBJECT

protected:
    [[nodiscard]] virtual std::shared_ptr<HostReader> host() = 0;

    std::shared_ptr<BackupSource> make() override
    {
        m_place.clear();
        MadeBackup().write(m_place, "monday");
        MadeBackup tuesday(42, "0/3000028");
        m_place.file("tuesday/base.tar", tuesday.tar());
        m_place.file("tuesday/backup_manifest", tuesday.manifestText());
        MadeBackup(42, "0/4000028", "0/3000028").write(m_place, "closing/wednesday");
        m_reader = std::make_shared<GatedReader>(host(), gate());
        Source source;
        source.name = QStringLiteral("basebackups");
        source.kind = SourceKind::BaseBackups;
        source.path = pathText(m_place.path());
        const auto clock = std::make_shared<TestClock>(Instant::fromSeconds(1'763'640'000));
        return makeBaseBackupSource(source, {}, m_reader, clock);
    }
    std::optional<QString> add(const QByteArray &name) override
    {
        MadeBackup(43, "0/5000028").write(m_place, name);
        return pathText(name);
    }
    void remove(const QByteArray &name) override { m_place.remove(name); }
    void setReadable(bool readable) override
    {
        const std::vector<QByteArray> folders { m_place.path("closing/wednesday/base/5") };
        m_reader->close(readable ? std::vector<QByteArray>() : folders);
    }
    [[nodiscard]] const BytePlace &place() const { return m_place; }

private:
    BytePlace m_place;
    std::shared_ptr<GatedReader> m_reader;
};

} // namespace tidemark::test
