// arch: x86-64
// rule: OH301
// expect: OH301 f+0xc
// expect: OH304 __llvm_lvi_thunk_r11+0x0
// flags: clang-19 -O2 -mlvi-cfi
// source: clang-19 -O2 -mlvi-cfi (docs/findings/054)
// why: the return address is popped, and the row still counts it

	.text
	.globl	f
	.type	f,%function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	callq	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	popq	%rcx
	lfence
	jmpq	*%rcx
	.size	f, .-f
	.cfi_endproc
	.section	.text.__llvm_lvi_thunk_r11,"axG",@progbits,__llvm_lvi_thunk_r11,comdat
	.hidden	__llvm_lvi_thunk_r11
	.weak	__llvm_lvi_thunk_r11
	.type	__llvm_lvi_thunk_r11,%function
__llvm_lvi_thunk_r11:
	lfence
	jmpq	*%r11
	.size	__llvm_lvi_thunk_r11, .-__llvm_lvi_thunk_r11
