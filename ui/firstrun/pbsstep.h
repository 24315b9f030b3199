#pragma once

#include "shell/page.h"

class QBoxLayout;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace tidemark {

class Banner;
class FingerprintPanel;
class KeyValueList;
class SegmentedControl;
class StepHead;
class TextLabel;

enum class PbsState { Empty, Asking, Untrusted, Probing, Ready, Partial, Failed };

// Step 2 of the first run: one Proxmox Backup Server. Its certificate is confirmed before anything is sent.
class PbsStep : public QWidget
{
    Q_OBJECT

public:
    explicit PbsStep(PageContext context, QWidget *parent = nullptr);
    [[nodiscard]] PbsState state() const { return m_state; }
    // Once the fingerprint is confirmed or the system trusts the certificate.
    [[nodiscard]] std::optional<Source> source() const;

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *form();
    [[nodiscard]] QWidget *answer();
    void addSecretFields(class QGridLayout *grid);
    void showWay(int way);
    void askCertificate();
    void takeCertificate(const Result<CertificateFacts> &certificate);
    void trust(const QString &fingerprint);
    void probe();
    void ask(const Source &about);
    void takeFacts(const Result<PbsFacts> &facts);
    void showFacts(const PbsFacts &facts);
    void keepSecrets();
    void fail(const QString &title, const Error &error, const QString &act, void (PbsStep::*again)());
    void go(PbsState state, QWidget *shown);
    [[nodiscard]] bool byToken() const;
    [[nodiscard]] Source typed() const;
    [[nodiscard]] QString secretName(const QString &what) const;

    PageContext m_context;
    PbsState m_state = PbsState::Empty;
    QString m_url;
    QString m_fingerprint; // confirmed
    bool m_systemTrusts = false;
    QLineEdit *m_address;
    SegmentedControl *m_way;
    QLineEdit *m_token;
    QLineEdit *m_user;
    QLineEdit *m_secret;
    QLineEdit *m_totp;
    TextLabel *m_tokenLabel;
    TextLabel *m_userLabel;
    TextLabel *m_secretLabel;
    TextLabel *m_totpLabel;
    TextLabel *m_role;
    TextLabel *m_roleNote;
    QPushButton *m_connect;
    QStackedWidget *m_answer;
    QWidget *m_hintPane;
    TextLabel *m_hint;
    FingerprintPanel *m_panel;
    QWidget *m_resultPane;
    Banner *m_banner;
    KeyValueList *m_facts;
    QPushButton *m_rights;
    QString m_rightsText;
    QBoxLayout *m_sides = nullptr;
    TaskScope m_tasks;
};

} // namespace tidemark
