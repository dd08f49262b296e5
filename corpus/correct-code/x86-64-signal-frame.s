// arch: x86-64
// expect: suspect OH301 restore+0x0
// expect: unproved nonstandard-frame restore
// source: __restore_rt of glibc 2.36
// why: signal handlers return to it: what it finds at SP is the kernel's, and its row recovers from there whom the signal interrupted

	.text
	.cfi_startproc
	.cfi_signal_frame
	.cfi_escape 0x0f, 4, 0x77, 0xa0, 1, 6	# CFA: (rsp+160 deref)
	.cfi_escape 0x10, 6, 3, 0x77, 0xf8, 0	# rbp
	.cfi_escape 0x10, 16, 3, 0x77, 0xa8, 1	# rip
	nop
	.globl	restore
	.type	restore, %function
restore:
	movq	$15, %rax
	syscall
	.cfi_endproc
	.size	restore, .-restore
