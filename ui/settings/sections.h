#pragma once

#include "settings/itemsection.h"

class QPushButton;

namespace tidemark {

// A section over the clusters of the fleet.
class ClusterSection : public ItemSection
{
    Q_OBJECT

public:
    using ItemSection::ItemSection;

protected:
    [[nodiscard]] QStringList names(const Fleet &fleet) const final;
    [[nodiscard]] QStringList itemPath(const QString &name) const final;
    [[nodiscard]] Environment environmentOf(const QString &name) const final;
};

// How each PostgreSQL server is reached, and its environment. Connections can be tried before they are saved.
class ServersSection : public ClusterSection
{
    Q_OBJECT

public:
    ServersSection(PageContext context, PendingChanges *pending, QWidget *parent = nullptr);

protected:
    [[nodiscard]] std::vector<Field> fields(const QString &name, const Fleet &fleet) const override;
    void itemShown(const QString &name) override;
    [[nodiscard]] QWidget *setterOf(const QStringList &field) const override;

private:
    void test();
    void showAnswer(const Result<ServerFacts> &answer);
    void askPassword();
    void keepPassword(const QString &cluster, Secret password);
    void forgetPassword();
    [[nodiscard]] const Cluster *cluster() const;
    [[nodiscard]] QString secretName(const Cluster &cluster) const;

    QPushButton *m_test;
    QPushButton *m_password;
    QPushButton *m_forget;
    TaskScope m_tasks;
};

// The same for what keeps backups. A backup server's certificate is read, compared and confirmed here.
class SourcesSection : public ItemSection
{
    Q_OBJECT

public:
    SourcesSection(PageContext context, PendingChanges *pending, QWidget *parent = nullptr);

protected:
    [[nodiscard]] QStringList names(const Fleet &fleet) const override;
    [[nodiscard]] QStringList itemPath(const QString &name) const override;
    [[nodiscard]] Environment environmentOf(const QString &name) const override;
    [[nodiscard]] std::vector<Field> fields(const QString &name, const Fleet &fleet) const override;
    void itemShown(const QString &name) override;
    [[nodiscard]] QWidget *setterOf(const QStringList &field) const override;

private:
    void test();
    void readCertificate();
    void confirm(const QString &url, const CertificateFacts &certificate);
    void trust(const QString &url, const QString &fingerprint);
    void askSecret();
    void keepSecret(const QString &source, Secret secret);
    [[nodiscard]] const Source *source() const;

    QPushButton *m_test;
    QPushButton *m_certificate;
    QPushButton *m_secret;
    TaskScope m_tasks;
};

// What each cluster was promised.
class ObjectivesSection : public ClusterSection
{
    Q_OBJECT

public:
    ObjectivesSection(PageContext context, PendingChanges *pending, QWidget *parent = nullptr);

protected:
    [[nodiscard]] std::vector<Field> fields(const QString &name, const Fleet &fleet) const override;
};

} // namespace tidemark
