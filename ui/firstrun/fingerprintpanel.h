#pragma once

#include "fleet/fleetstate.h"

#include <QFrame>

class QLineEdit;
class QPushButton;

namespace tidemark {

class GlyphMark;
class PairGrid;
class TextLabel;

// "Is this your server?": the fingerprint of a certificate that the system does not trust, to be compared and
// trusted by a person. Nothing is sent to the server before that.
class FingerprintPanel : public QFrame
{
    Q_OBJECT

public:
    explicit FingerprintPanel(QWidget *parent = nullptr);
    // `changed`: another one was confirmed before.
    void ask(const CertificateFacts &certificate, bool changed);

Q_SIGNALS:
    void trusted(const QString &fingerprint);
    void refused();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QWidget *heading();
    [[nodiscard]] QWidget *pasteRow();
    [[nodiscard]] QWidget *buttonRow();
    void compare();

    CertificateFacts m_certificate;
    bool m_changed = false;
    TextLabel *m_title;
    TextLabel *m_how;
    PairGrid *m_grid;
    QLineEdit *m_pasted;
    GlyphMark *m_mark;
    TextLabel *m_verdict;
    TextLabel *m_validity;
    QPushButton *m_trust;
};

} // namespace tidemark
