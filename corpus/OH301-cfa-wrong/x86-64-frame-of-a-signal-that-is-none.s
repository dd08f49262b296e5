// arch: x86-64
// rule: OH301
// expect: OH301 restore+0x0
// source: the twin of correct-code/x86-64-signal-frame.s
// why: without .cfi_signal_frame the function is one that is called, and its row does not find the CFA

	.text
	.cfi_startproc
	.cfi_escape 0x0f, 4, 0x77, 0xa0, 1, 6	# planted: CFA: (rsp+160 deref)
	nop
	.globl	restore
	.type	restore, %function
restore:
	movq	$15, %rax
	syscall
	.cfi_endproc
	.size	restore, .-restore
