#pragma once

#include "matrix.h"
#include "support/temporaryfolder.h"

namespace tidemark::test {

// Breakages of what lies in folders: a real cluster "shop" that archives its WAL into wal/, with base backups
// in bases/ and dumps in dumps/. Each row works on a copy of the folders it touches.
class FileMatrix : public FaultMatrix
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

protected:
    virtual void fill() = 0; // the folders, from a cluster that runs
    [[nodiscard]] virtual QMap<QString, QString> settings() const { return {}; }
    [[nodiscard]] virtual Fleet fleet() const; // of the live folders
    void begin(const Breakage &row) override;

    // A row of shell lines, run where the copies lie: "rm wal/$s".
    [[nodiscard]] Breakage files(const QString &name, const QString &twin, const QString &raises,
        const QStringList &touches, const QString &harm, const QString &prepare = {});
    // Copies that share their files with the live folders: whoever changes one in place must make it its own.
    [[nodiscard]] virtual bool linked() const { return false; }
    // What such lines may use: "s=…;".
    [[nodiscard]] virtual QString names() const { return {}; }

    QString sql(const QString &text, const QString &database = QStringLiteral("shop"));
    void baseBackup(const QString &name, const QStringList &further = {});
    void work(int rounds); // each fills a little and ends a segment
    // Ends what was begun: afterwards all WAL is in the archive and the server is idle.
    void settleArchive();
    void failOver();
    // Another cluster, with databases and WAL of its own.
    [[nodiscard]] lab::Cluster &other();
    [[nodiscard]] QString archiveOfOther();

    [[nodiscard]] QString live(const QString &name = {}) const
    {
        return m_folder.filePath(QStringLiteral("live/") + name);
    }
    [[nodiscard]] QString place(const QString &name = {}) const { return m_place + QLatin1Char('/') + name; }
    [[nodiscard]] Source *source(const QString &name); // of the onlooker's fleet
    [[nodiscard]] lab::Cluster &cluster() const { return *m_cluster; }

private:
    TemporaryFolder m_folder;
    std::unique_ptr<lab::Cluster> m_cluster;
    std::unique_ptr<lab::Cluster> m_other;
    QString m_place;
    int m_places = 0;
};

} // namespace tidemark::test
