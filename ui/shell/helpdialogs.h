#pragma once

class QDialog;
class QWidget;

namespace tidemark {

class Acts;

// Help, Keyboard: every act with its keys, made from the acts themselves.
[[nodiscard]] QDialog *makeKeyboardDialog(const Acts &acts, QWidget *parent);
// Help, About.
[[nodiscard]] QDialog *makeAboutDialog(QWidget *parent);

} // namespace tidemark
